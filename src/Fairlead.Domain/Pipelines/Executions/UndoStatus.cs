using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>How far the undoing of a stage is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<UndoStatus>))]
public enum UndoStatus
{
    Waiting,

    Running,

    Done,

    Failed,
}
