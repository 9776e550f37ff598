using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>Where an execution stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ExecutionStatus>))]
public enum ExecutionStatus
{
    /// <summary>Waits for others of its pipeline, or for a lock.</summary>
    Queued,

    Running,

    /// <summary>Somebody ended it, and what was interrupted is cleaned up.</summary>
    Cancelling,

    /// <summary>It failed, and what it changed is undone.</summary>
    RollingBack,

    Succeeded,

    Failed,

    Cancelled,
}
