using Fairlead.Domain.Services;
using Fairlead.Statistics.Evaluation;

namespace Fairlead.Replay.Reporting;

/// <summary>Scores that are the names of classes.</summary>
/// <param name="labels">Null where the truth is not known.</param>
internal sealed class ClassRows(string[] recorded, string[] replayed, string?[] labels, EvaluationTask? task) : JudgedRows
{
    public override int Count => recorded.Length;

    public override EvaluationTask? Task => task;

    public override long? SameDecisions => recorded.Zip(replayed).LongCount(pair => pair.First == pair.Second);

    public override IReadOnlyList<MetricReport> Describe(IReadOnlyList<int> rows) => [];

    public override JudgedMetrics Judge(IReadOnlyList<int> rows) => new(
        [.. ClassComparison.Of([.. rows.Select(row => recorded[row])], [.. rows.Select(row => replayed[row])], [.. rows.Select(row => labels[row]!)]).Select(MetricReport.Of)]);
}
