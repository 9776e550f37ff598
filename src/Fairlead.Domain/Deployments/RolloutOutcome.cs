using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Deployments;

/// <summary>How a rollout ended.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RolloutOutcome>))]
public enum RolloutOutcome
{
    Succeeded,

    /// <summary>Everything was as asked already.</summary>
    Unchanged,

    /// <summary>By itself: it was not well, or could not be made ready, and what was live before serves.</summary>
    Failed,

    /// <summary>By a person or a pipeline; what was live before serves.</summary>
    Aborted,

    /// <summary>Another rollout took over where this one was.</summary>
    Superseded,
}
