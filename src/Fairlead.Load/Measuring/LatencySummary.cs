namespace Fairlead.Load.Measuring;

/// <summary>Durations in seconds. Quantiles are within 0.8 %; <see cref="Max"/> is exact. All 0 when <see cref="Count"/> is.</summary>
public sealed record LatencySummary
{
    /// <summary>How many durations these are.</summary>
    public required long Count { get; init; }

    public required double Mean { get; init; }

    public required double P50 { get; init; }

    public required double P90 { get; init; }

    public required double P95 { get; init; }

    public required double P99 { get; init; }

    /// <summary>99.9 %.</summary>
    public required double P999 { get; init; }

    public required double Max { get; init; }
}
