using Fairlead.Domain.Services;
using Fairlead.Statistics.Evaluation;

namespace Fairlead.Replay.Reporting;

/// <summary>Scores that are numbers.</summary>
/// <param name="labels">NaN where the truth is not known.</param>
/// <param name="threshold">Scores from here on are a yes.</param>
internal sealed class NumberRows(double[] recorded, double[] replayed, double[] labels, EvaluationTask? task, double threshold) : JudgedRows
{
    /// <summary>Any: the same rows have the same intervals.</summary>
    private const int Seed = 20_240_229;

    public override int Count => recorded.Length;

    public override EvaluationTask? Task => task;

    public override long? SameDecisions => recorded.Zip(replayed).LongCount(pair => pair.First >= threshold == pair.Second >= threshold);

    public override IReadOnlyList<MetricReport> Describe(IReadOnlyList<int> rows) =>
        [.. ScoreComparison.Of(Pick(recorded, rows), Pick(replayed, rows), threshold).Select(MetricReport.Of)];

    public override JudgedMetrics Judge(IReadOnlyList<int> rows)
    {
        var (left, right, truth) = (Pick(recorded, rows), Pick(replayed, rows), Pick(labels, rows));
        if (task == EvaluationTask.Regression)
            return new JudgedMetrics([.. RegressionComparison.Of(left, right, truth).Select(MetricReport.Of)]);
        var compared = BinaryComparison.Of(left, right, Array.ConvertAll(truth, value => value != 0), threshold, Seed);
        return new JudgedMetrics([.. compared.Metrics.Select(MetricReport.Of)], CalibrationReport.Of(compared.Baseline), CalibrationReport.Of(compared.Candidate));
    }

    private static double[] Pick(double[] values, IReadOnlyList<int> rows)
    {
        var picked = new double[rows.Count];
        for (var i = 0; i < picked.Length; i++)
            picked[i] = values[rows[i]];
        return picked;
    }
}
