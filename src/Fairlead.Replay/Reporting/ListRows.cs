using Fairlead.Domain.Services;
using Fairlead.Statistics.Evaluation;

namespace Fairlead.Replay.Reporting;

/// <summary>Scores that are lists of items, best first.</summary>
/// <param name="labels">The relevant items; null where they are not known.</param>
internal sealed class ListRows(string[][] recorded, string[][] replayed, string[]?[] labels, EvaluationTask? task) : JudgedRows
{
    public override int Count => recorded.Length;

    public override EvaluationTask? Task => task;

    public override long? SameDecisions => null;

    public override IReadOnlyList<MetricReport> Describe(IReadOnlyList<int> rows) => [];

    public override JudgedMetrics Judge(IReadOnlyList<int> rows) => new(
        [.. RankingComparison.Of([.. rows.Select(row => recorded[row])], [.. rows.Select(row => replayed[row])], [.. rows.Select(row => labels[row]!)]).Select(MetricReport.Of)]);
}
