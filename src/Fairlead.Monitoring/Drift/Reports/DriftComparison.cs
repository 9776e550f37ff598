namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>Live rows of one period, compared with one reference.</summary>
public sealed record DriftComparison
{
    public required AgainstKind Against { get; init; }

    /// <summary>Such as <c>split/train.csv of split-3 (input 'train' of train-4)</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>Of the reference.</summary>
    public required long ReferenceRows { get; init; }

    /// <summary>Of the live rows, such as <c>2001-02</c>.</summary>
    public required string Period { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required long Rows { get; init; }

    public required DriftSeverity Severity { get; init; }

    /// <summary>Worst first.</summary>
    public required IReadOnlyList<FieldDrift> Fields { get; init; }

    public required IReadOnlyList<SkippedField> Skipped { get; init; }
}
