using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Pipelines.Triggers;

/// <summary>What became of a firing.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FiringStatus>))]
public enum FiringStatus
{
    /// <summary>Seen and recorded; its execution is still to be begun.</summary>
    Pending,

    Started,

    /// <summary>Its condition did not hold, or its trigger was paused.</summary>
    Skipped,

    /// <summary>Its execution cannot be begun, now or later.</summary>
    Failed,
}
