using Fairlead.Domain.Services;

namespace Fairlead.Replay.Reporting;

/// <summary>The answers judged, those with and those without known truth.</summary>
public sealed record ReplayEvaluation
{
    /// <summary>What is judged, an expression over <c>output</c>.</summary>
    public required string Score { get; init; }

    /// <summary>What was true, an expression over <c>outcome</c>; null when none is known.</summary>
    public string? Label { get; init; }

    /// <summary>Null when there is no outcome.</summary>
    public EvaluationTask? Task { get; init; }

    public required double Threshold { get; init; }

    /// <summary>Rows in which both scores are on the same side of the threshold, or name the same class, as a share; null when scores are lists.</summary>
    public double? ClassAgreement { get; init; }

    /// <summary>Rows with both scores and an outcome.</summary>
    public required long Outcomes { get; init; }

    /// <summary>Rows with both scores that were judged.</summary>
    public long Judged { get; init; }

    /// <summary>The replayed rows that those were drawn from, evenly; null when all were judged.</summary>
    public long? DrawnFrom { get; init; }

    /// <summary>With outcomes what the task knows; without, the means of the scores and the shares of yes.</summary>
    public required IReadOnlyList<MetricReport> Metrics { get; init; }

    public IReadOnlyList<CalibrationReport>? RecordedCalibration { get; init; }

    public IReadOnlyList<CalibrationReport>? ReplayedCalibration { get; init; }
}
