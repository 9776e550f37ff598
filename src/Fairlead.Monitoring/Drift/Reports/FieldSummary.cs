namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>One side of a field.</summary>
public sealed record FieldSummary
{
    public required long Rows { get; init; }

    /// <summary>Share of rows without a value, 0 to 1.</summary>
    public required double Missing { get; init; }

    /// <summary>Share of rows with NaN or an infinity; of numbers.</summary>
    public double? NotFinite { get; init; }

    public double? Mean { get; init; }

    public double? Deviation { get; init; }

    public double? Least { get; init; }

    public double? Most { get; init; }

    /// <summary>Different values; an estimate where there are many.</summary>
    public required long Distinct { get; init; }
}
