using Fairlead.Domain.Services;

namespace Fairlead.Replay.Reporting;

/// <summary>Scores, recorded and replayed, with what was true where that is known.</summary>
internal abstract class JudgedRows
{
    /// <summary>Rows with both scores.</summary>
    public abstract int Count { get; }

    /// <summary>For each row whether the truth is known.</summary>
    public required bool[] HasLabel { get; init; }

    /// <summary>Null when no truth is known.</summary>
    public abstract EvaluationTask? Task { get; }

    /// <summary>The rows in which both answers come to the same decision; null when there is none to come to.</summary>
    public abstract long? SameDecisions { get; }

    /// <summary>What can be said without the truth.</summary>
    /// <param name="rows">Numbers of the rows.</param>
    public abstract IReadOnlyList<MetricReport> Describe(IReadOnlyList<int> rows);

    /// <summary>What can be said with it, for rows whose truth is known, at least one.</summary>
    public abstract JudgedMetrics Judge(IReadOnlyList<int> rows);
}
