using Fairlead.Statistics.Canary;
using static Fairlead.Statistics.Tests.Canary.Canaries;

namespace Fairlead.Statistics.Tests.Canary;

/// <summary>What becomes of the metrics together, by both judges.</summary>
public sealed class ScoreTests
{
    private static readonly double[] Noisy = [10, 12, 9, 11, 13, 8, 10.5, 11.5, 9.5, 12.5];
    private static readonly double[] Higher = [.. Noisy.Select(value => value + 20)];

    [Theory]
    [InlineData("fairlead")]
    [InlineData("kayenta")]
    public void Score_Groups_CountByTheirWeights(string judge)
    {
        // One of two in a group of 60 %, all of the groups without a weight, which share 40 %.
        var verdict = Judge(judge, new() { ["a"] = 60 }, ("x", "a", true), ("y", "a", false), ("z", "b", true), ("w", "c", true));
        Assert.Equal((70.0, CanaryOutcome.Marginal), (verdict.Score, verdict.Outcome));
        Assert.Equal([60.0, 20, 20], verdict.Groups.Select(group => group.Weight));
    }

    [Theory]
    [InlineData("fairlead")]
    [InlineData("kayenta")]
    public void Score_ThreeGroupsOfOne_IsRoundedToTwoDecimals(string judge) =>
        Assert.Equal(66.67, Judge(judge, [], ("x", "a", true), ("y", "b", true), ("z", "c", false)).Score);

    [Theory]
    [InlineData("fairlead")]
    [InlineData("kayenta")]
    public void Score_CriticalFailure_IsZero(string judge)
    {
        var config = Config(judge, new CanaryAnalysis(Critical: true), new CanaryAnalysis(), new CanaryAnalysis());
        var verdict = CanaryJudge.Judge(config, [Series("m0", Noisy, Higher), Series("m1", Noisy, Noisy), Series("m2", Noisy, Noisy)], CanaryWindow.OfPoints(10));
        Assert.Equal((0.0, CanaryOutcome.Fail), (verdict.Score, verdict.Outcome));
        Assert.Contains("'m0'", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fairlead")]
    [InlineData("kayenta")]
    public void Score_MutedMetric_DoesNotCount(string judge)
    {
        var config = Config(judge, new CanaryAnalysis(Critical: true, Muted: true), new CanaryAnalysis());
        var verdict = CanaryJudge.Judge(config, [Series("m0", Noisy, Higher), Series("m1", Noisy, Noisy)], CanaryWindow.OfPoints(10));
        Assert.Equal((100.0, CanaryClassification.High), (verdict.Score, verdict.Metrics[0].Classification));
    }

    [Theory]
    [InlineData("fairlead", 1, CanaryOutcome.Nodata)]
    [InlineData("kayenta", 1, CanaryOutcome.Pass)]
    [InlineData("fairlead", 2, CanaryOutcome.Nodata)]
    [InlineData("kayenta", 2, CanaryOutcome.Fail)]
    public void Score_MetricsWithoutData_AreGoodForKayentaAlone(string judge, int silent, CanaryOutcome expected)
    {
        var config = Config(judge, [.. Enumerable.Repeat(new CanaryAnalysis(), 3)]);
        var verdict = CanaryJudge.Judge(config, [.. Enumerable.Range(silent, 3 - silent).Select(i => Series($"m{i}", Noisy, Noisy))], CanaryWindow.OfPoints(10));
        Assert.Equal(expected, verdict.Outcome);
    }

    [Fact]
    public void Score_SilentMetricThatMayBeSilent_IsLeftOut()
    {
        var config = Config("fairlead", new CanaryAnalysis(MustHaveData: false, Critical: true), new CanaryAnalysis());
        var verdict = CanaryJudge.Judge(config, [Series("m1", Noisy, Noisy)], CanaryWindow.OfPoints(10));
        Assert.Equal((100.0, CanaryOutcome.Pass, true), (verdict.Score, verdict.Outcome, verdict.Metrics[0].IsLeftOut));
    }

    [Fact]
    public void Score_CriticalMetricWithoutData_IsNotGood()
    {
        var config = Config("fairlead", new CanaryAnalysis(Critical: true), new CanaryAnalysis(), new CanaryAnalysis());
        var verdict = CanaryJudge.Judge(config, [Series("m1", Noisy, Noisy), Series("m2", Noisy, Noisy)], CanaryWindow.OfPoints(10));
        Assert.Equal((0.0, CanaryOutcome.Nodata), (verdict.Score, verdict.Outcome));
    }

    [Fact]
    public void Score_MetricsOfNoGroup_AreNotGood()
    {
        var config = new CanaryConfig([new CanaryMetricConfig("a")]);
        Assert.Equal(CanaryOutcome.Nodata, CanaryJudge.Judge(config, [Series("a", Noisy, Noisy)], CanaryWindow.OfPoints(10)).Outcome);
    }

    [Fact]
    public void Score_SeveralSeriesOfOneMetric_AreJudgedEach()
    {
        var config = Config("fairlead", new CanaryAnalysis());
        var verdict = CanaryJudge.Judge(config, [Series("m0", Noisy, Noisy) with { Tags = "zone=a" }, Series("m0", Noisy, Higher) with { Tags = "zone=b" }], CanaryWindow.OfPoints(10));
        Assert.Equal([("zone=a", CanaryClassification.Pass), ("zone=b", CanaryClassification.High)], verdict.Metrics.Select(metric => (metric.Tags!, metric.Classification)));
    }

    private static CanaryVerdict Judge(string judge, Dictionary<string, double> weights, params (string Name, string Group, bool Good)[] metrics)
    {
        var config = new CanaryConfig([.. metrics.Select(metric => Metric(metric.Name, metric.Group))], Judge: new CanaryJudgeChoice(judge), Classifier: new CanaryClassifier(weights));
        return CanaryJudge.Judge(config, [.. metrics.Select(metric => Series(metric.Name, Noisy, metric.Good ? Noisy : Higher))], CanaryWindow.OfPoints(10));
    }
}
