using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>Whether an execution's turn has come.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AdmissionResult>))]
public enum AdmissionResult
{
    Admitted,

    Waiting,

    /// <summary>A newer one of its pipeline takes its place.</summary>
    Superseded,
}
