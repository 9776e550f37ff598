using MathNet.Numerics.Distributions;

namespace Fairlead.Statistics.Evaluation;

/// <summary>
/// Rows counted by what two models decided and what was true: all that metrics of decisions depend on. A bootstrap of the rows is one of these eight
/// counts, so that it costs the same for a million rows as for a hundred.
/// </summary>
internal sealed class DecisionCells
{
    private const int Replicates = 2000;
    private const int CandidateBit = 2;
    private const int PositiveBit = 4;
    private static readonly (string Name, Func<double, double, double, double, double> Of)[] Metrics =
    [
        ("accuracy", (hits, falseAlarms, misses, rest) => (hits + rest) / (hits + falseAlarms + misses + rest)),
        ("precision", (hits, falseAlarms, _, _) => hits / (hits + falseAlarms)),
        ("recall", (hits, _, misses, _) => hits / (hits + misses)),
        ("f1", (hits, falseAlarms, misses, _) => 2 * hits / ((2 * hits) + falseAlarms + misses)),
        ("lift", (hits, falseAlarms, misses, rest) => hits / (hits + falseAlarms) / ((hits + misses) / (hits + falseAlarms + misses + rest))),
    ];

    private readonly double[] cells = new double[8];

    public static DecisionCells Count(ReadOnlySpan<double> baseline, ReadOnlySpan<double> candidate, ReadOnlySpan<bool> positives, double threshold)
    {
        var counted = new DecisionCells();
        for (var i = 0; i < positives.Length; i++)
            counted.cells[(baseline[i] >= threshold ? 1 : 0) + (candidate[i] >= threshold ? CandidateBit : 0) + (positives[i] ? PositiveBit : 0)]++;
        return counted;
    }

    public IEnumerable<MetricComparison> Compare(int seed)
    {
        var differences = Metrics.Select(_ => new List<double>(Replicates)).ToArray();
        var random = new Random(seed);
        var drawn = new double[cells.Length];
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            for (var cell = 0; cell < cells.Length; cell++)
                drawn[cell] = cells[cell] == 0 ? 0 : Poisson.Sample(random, cells[cell]);
            for (var metric = 0; metric < Metrics.Length; metric++)
            {
                var difference = Value(metric, drawn, CandidateBit) - Value(metric, drawn, 1);
                if (double.IsFinite(difference))
                    differences[metric].Add(difference);
            }
        }

        return Metrics.Select((metric, index) =>
        {
            var sorted = differences[index].Order().ToArray();
            return new MetricComparison(metric.Name, Value(index, cells, 1), Value(index, cells, CandidateBit), Quantiles.Of(sorted, 0.025), Quantiles.Of(sorted, 0.975));
        });
    }

    private static double Value(int metric, double[] counts, int model)
    {
        var (hits, falseAlarms, misses, rest) = (0.0, 0.0, 0.0, 0.0);
        for (var cell = 0; cell < counts.Length; cell++)
        {
            var isAlarm = (cell & model) != 0;
            var isPositive = (cell & PositiveBit) != 0;
            hits += isAlarm && isPositive ? counts[cell] : 0;
            falseAlarms += isAlarm && !isPositive ? counts[cell] : 0;
            misses += !isAlarm && isPositive ? counts[cell] : 0;
            rest += !isAlarm && !isPositive ? counts[cell] : 0;
        }

        return Metrics[metric].Of(hits, falseAlarms, misses, rest);
    }
}
