using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Statistics.Evaluation;

namespace Fairlead.Statistics.Tests.Evaluation;

/// <summary>Every number against an independent computation of the same data, by definition, with numpy and scipy.</summary>
public sealed class ReferenceTests
{
    private const double Threshold = 0.4;
    private readonly double[] a = new double[1500];
    private readonly double[] b = new double[1500];
    private readonly double[] truth = new double[1500];
    private readonly bool[] labels = new bool[1500];
    private readonly List<string[]> lists = [];
    private readonly List<string[]> relevant = [];

    public ReferenceTests()
    {
        var random = new Random(5);
        for (var i = 0; i < a.Length; i++)
        {
            var p = random.NextDouble();
            labels[i] = random.NextDouble() < p;
            // Rounded, so that there are ties, within and across the classes; some are certain.
            a[i] = Math.Round(Math.Clamp(p + (random.NextDouble() * 0.8) - 0.4, 0, 1), 2);
            b[i] = Math.Round(Math.Clamp(p + (random.NextDouble() * 0.4) - 0.2, 0, 1), 2);
            truth[i] = p + (random.NextDouble() * 0.1);
        }

        for (var row = 0; row < 200; row++)
        {
            var items = Enumerable.Range(0, 20).Select(item => $"item {item}").ToArray();
            random.Shuffle(items);
            lists.Add(items[..random.Next(1, 13)]);
            relevant.Add([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"item {random.Next(20)}").Distinct()]);
        }
    }

    [Fact]
    public async Task Comparisons_SameData_GiveTheNumbersOfTheReference()
    {
        var expected = await AskAsync();
        var binary = BinaryComparison.Of(a, b, labels, Threshold, 1);
        AssertBoth(binary.Metrics, "auc", expected["auc"]!);
        AssertInterval(binary.Metrics, "auc", expected["auc_interval"]!, 1e-9);
        AssertBoth(binary.Metrics, "logloss", expected["logloss"]!);
        AssertInterval(binary.Metrics, "logloss", expected["logloss_interval"]!, 1e-9);
        AssertBoth(binary.Metrics, "brier", expected["brier"]!);
        AssertBoth(binary.Metrics, "ece", expected["ece"]!);
        foreach (var (metric, index) in new[] { "accuracy", "precision", "recall", "f1", "lift" }.Select((metric, index) => (metric, index)))
        {
            Assert.Equal((double)expected["decisions_a"]![index]!, Find(binary.Metrics, metric).Baseline, 1e-9);
            Assert.Equal((double)expected["decisions_b"]![index]!, Find(binary.Metrics, metric).Candidate, 1e-9);
        }

        // Two bootstraps of the same rows, drawn in different ways.
        AssertInterval(binary.Metrics, "f1", expected["f1_interval"]!, 0.005);
        var regression = RegressionComparison.Of(a, b, truth);
        foreach (var metric in new[] { "mae", "rmse", "r2", "bias" })
            AssertBoth(regression, metric, expected[metric]!);
        AssertDifferences(DifferenceSummary.Of([.. b.Zip(a, (right, left) => right - left)]), expected["differences"]!);
        AssertRanking(RankingComparison.Of(lists, lists, relevant), expected);
    }

    private static void AssertDifferences(DifferenceSummary summary, JsonNode expected)
    {
        double[] actual = [summary.Mean, summary.MeanAbsolute, summary.MaxAbsolute, summary.P50, summary.P90, summary.P99, summary.P999];
        for (var i = 0; i < actual.Length; i++)
            Assert.Equal((double)expected[i]!, actual[i], 1e-9);
        Assert.Equal(1500, summary.Histogram.Sum(bin => bin.Rows));
    }

    private static void AssertRanking(IReadOnlyList<MetricComparison> ranking, JsonNode expected)
    {
        foreach (var (depth, index) in new[] { 1, 5, 10 }.Select((depth, index) => (depth, index)))
        {
            foreach (var metric in new[] { "ndcg", "hit", "precision" })
                Assert.Equal((double)expected[metric]![index]!, Find(ranking, $"{metric}@{depth}").Candidate, 1e-9);
        }

        Assert.Equal((double)expected["mrr"]!, Find(ranking, "mrr").Candidate, 1e-9);
        Assert.All(ranking, metric => Assert.Equal((0.0, 0.0, 0.0), (metric.Difference, metric.Low, metric.High)));
    }

    private async Task<JsonNode> AskAsync()
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Evaluation", "reference.py")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await JsonSerializer.SerializeAsync(python.StandardInput.BaseStream, new { a, b, labels, truth, lists, relevant, threshold = Threshold }, cancellationToken: TestContext.Current.CancellationToken);
        python.StandardInput.Close();
        var answer = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, python.ExitCode);
        return JsonNode.Parse(answer)!;
    }

    private static MetricComparison Find(IReadOnlyList<MetricComparison> metrics, string name) => metrics.Single(metric => metric.Metric == name);

    private static void AssertBoth(IReadOnlyList<MetricComparison> metrics, string name, JsonNode expected)
    {
        Assert.Equal((double)expected[0]!, Find(metrics, name).Baseline, 1e-9);
        Assert.Equal((double)expected[1]!, Find(metrics, name).Candidate, 1e-9);
    }

    private static void AssertInterval(IReadOnlyList<MetricComparison> metrics, string name, JsonNode expected, double tolerance)
    {
        Assert.Equal((double)expected[0]!, Find(metrics, name).Low, tolerance);
        Assert.Equal((double)expected[1]!, Find(metrics, name).High, tolerance);
    }
}
