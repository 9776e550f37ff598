namespace Fairlead.Statistics.Canary;

/// <summary>From which size on a significant change counts, and from which on it is critical; unset bounds are those of no change.</summary>
public sealed record CanaryEffectSize(
    CanaryEffectMeasure Measure = CanaryEffectMeasure.MeanRatio,
    double? AllowedIncrease = null,
    double? AllowedDecrease = null,
    double? CriticalIncrease = null,
    double? CriticalDecrease = null)
{
    /// <summary>The measure's value without any change.</summary>
    internal double Neutral => Measure == CanaryEffectMeasure.Cles ? 0.5 : 1.0;

    /// <summary>True when an increase of that size counts; an effect that is no number always does.</summary>
    internal bool IsIncrease(double effect) => double.IsNaN(effect) || effect >= (AllowedIncrease ?? Neutral);

    internal bool IsDecrease(double effect) => double.IsNaN(effect) || effect <= (AllowedDecrease ?? Neutral);

    internal bool IsCriticalIncrease(double effect) => double.IsNaN(effect) || effect >= (CriticalIncrease ?? Neutral);

    internal bool IsCriticalDecrease(double effect) => double.IsNaN(effect) || effect <= (CriticalDecrease ?? Neutral);
}
