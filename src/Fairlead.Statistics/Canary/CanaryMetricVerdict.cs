namespace Fairlead.Statistics.Canary;

/// <summary>What became of a metric, and why.</summary>
public sealed record CanaryMetricVerdict
{
    public required string Name { get; init; }

    public string? Tags { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    public required CanaryClassification Classification { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Reason { get; init; }

    /// <summary>True when it alone fails the canary.</summary>
    public bool IsCritical { get; init; }

    public bool IsMuted { get; init; }

    /// <summary>True when the configuration lets it be silent, and it was.</summary>
    public bool IsLeftOut { get; init; }

    public required CanaryDirection Direction { get; init; }

    public CanaryTest Test { get; init; }

    public required CanarySide Control { get; init; }

    public required CanarySide Experiment { get; init; }

    /// <summary>Experiment less control: the shift of Hodges and Lehmann, or the difference of shares. Null when nothing was estimated, as all that follow.</summary>
    public double? Estimate { get; init; }

    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>The interval must lie beyond it, on either side of zero.</summary>
    public double? Bound { get; init; }

    /// <summary>Confidence of the interval, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>Of no change; two-sided, one-sided where the control is all zero.</summary>
    public double? PValue { get; init; }

    public CanaryEffectMeasure EffectMeasure { get; init; }

    /// <summary>Null where it has no value, as the ratio over a mean of zero.</summary>
    public double? Effect { get; init; }

    /// <summary>Ratio of the means.</summary>
    public double? Deviation { get; init; }

    /// <summary>The least change that would have been called one in four of five cases, in the unit of the estimate.</summary>
    public double? DetectableShift { get; init; }
}
