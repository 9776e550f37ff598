namespace Fairlead.Statistics.Canary;

/// <summary>What a canary came to, with everything that it was made of.</summary>
public sealed record CanaryVerdict
{
    /// <summary>Which judge decided.</summary>
    public required string Judge { get; init; }

    public required CanaryOutcome Outcome { get; init; }

    /// <summary>0 to 100, by two decimals.</summary>
    public required double Score { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Reason { get; init; }

    public required CanaryScoreThresholds Thresholds { get; init; }

    public required CanaryWindow Window { get; init; }

    public required IReadOnlyList<CanaryGroupScore> Groups { get; init; }

    /// <summary>In the order of the configuration.</summary>
    public required IReadOnlyList<CanaryMetricVerdict> Metrics { get; init; }
}
