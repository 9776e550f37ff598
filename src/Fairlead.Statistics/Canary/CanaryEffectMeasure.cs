using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>How the size of a change is measured.</summary>
[JsonConverter(typeof(CanaryWords<CanaryEffectMeasure>))]
public enum CanaryEffectMeasure
{
    /// <summary>Mean of the experiment by mean of the control; none when either is zero. No change: 1.</summary>
    MeanRatio,

    /// <summary>Probability that a point of the experiment is above one of the control, ties by half. No change: 0.5.</summary>
    Cles,
}
