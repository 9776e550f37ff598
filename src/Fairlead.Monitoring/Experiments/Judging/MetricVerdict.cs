using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Monitoring.Experiments.Judging;

/// <summary>What a comparison says so far; once said, it may be acted on at any time.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MetricVerdict>))]
public enum MetricVerdict
{
    /// <summary>Not enough units, or no variation among them.</summary>
    TooFew,

    /// <summary>The data allow either.</summary>
    Undecided,

    /// <summary>The treatment is above the control.</summary>
    Higher,

    /// <summary>The treatment is below the control.</summary>
    Lower,

    /// <summary>The guardrail's limit is kept.</summary>
    Kept,

    /// <summary>The guardrail's limit is broken.</summary>
    Broken,
}
