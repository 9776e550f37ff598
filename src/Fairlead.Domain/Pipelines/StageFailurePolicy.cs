using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines;

/// <summary>What a stage that failed means for its execution.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<StageFailurePolicy>))]
public enum StageFailurePolicy
{
    /// <summary>Nothing further begins; what runs is finished, and the execution failed.</summary>
    Stop,

    /// <summary>What comes after goes on as if it had succeeded.</summary>
    Continue,

    /// <summary>As for a stop, and then what the stages of the execution changed is undone, the last change first.</summary>
    Rollback,
}
