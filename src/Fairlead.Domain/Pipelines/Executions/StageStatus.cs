using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>Where a stage stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<StageStatus>))]
public enum StageStatus
{
    /// <summary>Stages before it are not done.</summary>
    Waiting,

    /// <summary>It could begin, and the execution is paused.</summary>
    Blocked,

    Running,

    /// <summary>It waits for people.</summary>
    Judging,

    /// <summary>It failed and is tried again later.</summary>
    Retrying,

    Succeeded,

    Failed,

    /// <summary>Its condition did not hold, or nothing further began after a failure.</summary>
    Skipped,

    Cancelled,
}
