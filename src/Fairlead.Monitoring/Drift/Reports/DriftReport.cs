namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>Which fields of a service's predictions drifted.</summary>
public sealed record DriftReport
{
    public required string Service { get; init; }

    public required string Environment { get; init; }

    /// <summary>What answers now, such as <c>late@3</c>.</summary>
    public required string Model { get; init; }

    public required string ServerGroup { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>From here, inclusive.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Up to here, exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Predictions in that time, which were answered and recorded with their inputs.</summary>
    public required long Rows { get; init; }

    /// <summary>When the newest of them was answered; null without any.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Of all fields that are called drift, the share that is expected to be called wrongly: the level of Benjamini and Hochberg.</summary>
    public required double Level { get; init; }

    /// <summary>Of the worst field.</summary>
    public required DriftSeverity Severity { get; init; }

    /// <summary>One for each period and each thing that it was compared with.</summary>
    public required IReadOnlyList<DriftComparison> Comparisons { get; init; }

    /// <summary>Why something was not compared, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Flat, for rules: see <see cref="DriftMetrics"/>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    public required double Seconds { get; init; }

    public IReadOnlyDictionary<string, double> ToMetrics() => DriftMetrics.Of(this);
}
