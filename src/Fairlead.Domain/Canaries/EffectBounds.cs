namespace Fairlead.Domain.Canaries;

/// <summary>From which size on a change counts, and from which on it alone fails a canary; null is the value of no change.</summary>
public sealed record EffectBounds
{
    public EffectMeasure Measure { get; init; }

    public double? AllowedIncrease { get; init; }

    public double? AllowedDecrease { get; init; }

    public double? CriticalIncrease { get; init; }

    public double? CriticalDecrease { get; init; }
}
