namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>How one field differs from its reference.</summary>
public sealed record FieldDrift
{
    /// <summary>As the signature has it; outputs and outcomes begin with <c>output.</c> and <c>outcome.</c>, elements of vectors end with their place.</summary>
    public required string Name { get; init; }

    public required FieldSource Source { get; init; }

    public required DriftSeverity Severity { get; init; }

    /// <summary>What it comes to, in sentences.</summary>
    public required IReadOnlyList<string> Says { get; init; }

    /// <summary>By how much, on one scale for all: see <see cref="Fairlead.Statistics.Drift.FieldComparison.Effect"/>.</summary>
    public required double Effect { get; init; }

    /// <summary>That it would be as extreme without drift.</summary>
    public required double PValue { get; init; }

    /// <summary>The level at which it is just called drift, among all fields and periods of the report.</summary>
    public required double Adjusted { get; init; }

    /// <summary>That the index would be as large when days, not rows, are what is independent; null where that cannot be told.</summary>
    public double? DailyPValue { get; init; }

    /// <summary>By how much the days of the period vary more than independent rows would.</summary>
    public double? DayVariation { get; init; }

    public required double StabilityIndex { get; init; }

    /// <summary>What the index exceeds once in a hundred times without drift, with as many rows.</summary>
    public required double StabilityThreshold { get; init; }

    public required double JensenShannon { get; init; }

    public required double Hellinger { get; init; }

    /// <summary>Null for a constant.</summary>
    public double? ChiSquared { get; init; }

    public double? ChiSquaredPValue { get; init; }

    /// <summary>Of Kolmogorov and Smirnov, for numbers.</summary>
    public double? Distance { get; init; }

    public double? DistancePValue { get; init; }

    /// <summary>By how much the distance may be too small, because values were counted in narrow bins; 0 when it is exact.</summary>
    public double? DistanceError { get; init; }

    /// <summary>In standard deviations of the reference.</summary>
    public double? Wasserstein { get; init; }

    public required FieldSummary Reference { get; init; }

    public required FieldSummary Live { get; init; }

    /// <summary>Share of live rows with values that the reference lacks.</summary>
    public double? NewShare { get; init; }

    /// <summary>The same as it is expected without drift.</summary>
    public double? NewExpected { get; init; }

    /// <summary>The most frequent of them.</summary>
    public IReadOnlyList<string> NewValues { get; init; } = [];

    /// <summary>Share of the reference's rows with values that are not live any more.</summary>
    public double? GoneShare { get; init; }

    /// <summary>Share of live rows outside the range of the reference.</summary>
    public double? OutOfRange { get; init; }

    public required IReadOnlyList<FieldCell> Cells { get; init; }

    /// <summary>From when on it has been beyond the threshold without a break; null when it is not, or always was.</summary>
    public DateTimeOffset? BeyondSince { get; init; }

    /// <summary>The index day by day, or hour by hour; only of fields that drifted.</summary>
    public IReadOnlyList<DriftMoment> Timeline { get; init; } = [];

    /// <summary>Which rows make the drift, the most telling first; only of fields that drifted.</summary>
    public IReadOnlyList<DriftSegment> Segments { get; init; } = [];
}
