using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>What happened to an execution.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ExecutionEventKind>))]
public enum ExecutionEventKind
{
    Created,

    /// <summary>Its turn came.</summary>
    Admitted,

    ActivityFinished,

    /// <summary>A time that the execution waits for has come.</summary>
    TimeReached,

    /// <summary>Somebody judged, or a callback came.</summary>
    Signalled,

    Paused,

    Resumed,

    CancelRequested,

    RestartRequested,

    ForceEnded,
}
