using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Canaries;

/// <summary>How the size of a change is measured.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EffectMeasure>))]
public enum EffectMeasure
{
    /// <summary>Mean of the candidate by mean of what it is compared with; no change is 1.</summary>
    MeanRatio,

    /// <summary>Probability that a point of the candidate is above one of the other side; no change is 0.5.</summary>
    Cles,
}
