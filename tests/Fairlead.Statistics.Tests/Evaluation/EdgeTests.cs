using Fairlead.Statistics.Evaluation;

namespace Fairlead.Statistics.Tests.Evaluation;

public sealed class EdgeTests
{
    [Fact]
    public void Area_OneClassOnly_IsNotDefined() => Assert.True(double.IsNaN(RocArea.Of([0.1, 0.9], [true, true])));

    [Fact]
    public void Area_AllTied_IsHalf() => Assert.Equal(0.5, RocArea.Of([3, 3, 3], [true, false, true]));

    [Fact]
    public void Area_Perfect_IsOne() => Assert.Equal(1, RocArea.Of([1, 2, 3], [false, true, true]));

    [Fact]
    public void Binary_ScoresThatAreNoProbabilities_HaveNoLosses()
    {
        var compared = BinaryComparison.Of([-3, 2, 5], [1, 2, 3], [false, true, true], 1.5, 1);
        Assert.Null(compared.Baseline);
        Assert.Equal(["auc", "accuracy", "precision", "recall", "f1", "lift"], compared.Metrics.Select(metric => metric.Metric));
    }

    [Fact]
    public void Binary_WithoutRows_IsNotDefined() =>
        Assert.All(BinaryComparison.Of([], [], [], 0.5, 1).Metrics, metric => Assert.True(double.IsNaN(metric.Candidate)));

    [Fact]
    public void Regression_ConstantTruth_HasNoShareExplained() =>
        Assert.True(double.IsNaN(RegressionComparison.Of([1, 2], [1, 1], [1, 1]).Single(metric => metric.Metric == "r2").Candidate));

    [Fact]
    public void Classes_Known_GiveMacroAverages()
    {
        var metrics = ClassComparison.Of(["a", "a", "b"], ["a", "b", "b"], ["a", "b", "b"]);
        Assert.Equal((2 / 3.0, 1.0), (metrics[0].Baseline, metrics[0].Candidate));
        Assert.Equal((0.75, 1.0), (metrics[1].Baseline, metrics[1].Candidate));
    }

    [Fact]
    public void Ranking_ItemTwiceInAList_CountsOnce()
    {
        var metrics = RankingComparison.Of([["x", "x", "y"]], [["y", "x"]], [["x", "y"]]);
        Assert.Equal(0.4, metrics.Single(metric => metric.Metric == "precision@5").Baseline);
        Assert.Equal(1, metrics.Single(metric => metric.Metric == "ndcg@5").Candidate, 12);
    }

    [Fact]
    public void Differences_NotFinite_AreLeftOut()
    {
        var summary = DifferenceSummary.Of([double.NaN, 1, -3, double.PositiveInfinity]);
        Assert.Equal((2, -1.0, 2.0, 3.0), (summary.Rows, summary.Mean, summary.MeanAbsolute, summary.MaxAbsolute));
        Assert.Equal(0, DifferenceSummary.Of([]).Rows);
        Assert.Empty(DifferenceSummary.Of([1, 1]).Histogram);
    }
}
