using Fairlead.Statistics.Canary;
using static Fairlead.Statistics.Tests.Canary.Canaries;

namespace Fairlead.Statistics.Tests.Canary;

/// <summary>The judge that reproduces Kayenta's, weaknesses included.</summary>
public sealed class KayentaJudgeTests
{
    private static readonly double[] Noisy = [10, 12, 9, 11, 13, 8, 10.5, 11.5, 9.5, 12.5];
    private static readonly double[] Higher = [.. Noisy.Select(value => value + 20)];
    private static readonly double[] None = [double.NaN, double.NaN];

    [Theory]
    [InlineData(new double[] { 1, 1, 1 }, new double[] { 1, 1 }, CanaryClassification.Pass)]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 5, 4, 3, 2, 1 }, CanaryClassification.Pass)]
    [InlineData(new double[] { 0, 1, 1, 1, 1 }, new double[] { 1, 1, 1, 1, 1 }, CanaryClassification.Pass)]
    [InlineData(new double[] { 1, 1, 1, 1, 10 }, new double[] { 1, 1, 1, 1, 1 }, CanaryClassification.Pass)]
    [InlineData(new double[] { 10, 10, 10, 10, 10 }, new double[] { 1, 1, 1, 1, 1 }, CanaryClassification.High)]
    [InlineData(new double[] { 10, 10, 10, 10, 10 }, new double[] { 0, 0, 0, 0, 0 }, CanaryClassification.High)]
    [InlineData(new double[] { 1, 1, 1, 1, 1 }, new double[] { 10, 10, 10, 10, 10 }, CanaryClassification.Low)]
    public void Judge_VectorsOfTheOriginal_AreClassifiedAsThere(double[] experiment, double[] control, CanaryClassification expected) =>
        Assert.Equal(expected, Kayenta(control, experiment).Classification);

    [Fact]
    public void Judge_SparseErrorsOverZeros_PassAsInTheOriginal() =>
        Assert.Equal(CanaryClassification.Pass, Kayenta(Repeat(0, 10), [0, .048, 0, .18, .089, 0, .098, .035, 0, 0]).Classification);

    [Fact]
    public void Judge_Constants_GivesTheSameVerdictEachTime() =>
        Assert.Equal(Kayenta(Repeat(3, 6), Repeat(7, 6)).Estimate, Kayenta(Repeat(3, 6), Repeat(7, 6)).Estimate);

    [Theory]
    [InlineData(CanaryDirection.Either, CanaryClassification.High)]
    [InlineData(CanaryDirection.Increase, CanaryClassification.High)]
    [InlineData(CanaryDirection.Decrease, CanaryClassification.Pass)]
    public void Judge_Direction_IsTheOneThatIsBad(CanaryDirection direction, CanaryClassification expected) =>
        Assert.Equal(expected, Kayenta(Noisy, Higher, new CanaryAnalysis(direction)).Classification);

    [Theory]
    [InlineData(false, false, CanaryNanStrategy.Remove, CanaryClassification.Nodata, false)]
    [InlineData(true, false, CanaryNanStrategy.Remove, CanaryClassification.NodataFail, false)]
    [InlineData(true, true, CanaryNanStrategy.Remove, CanaryClassification.Nodata, true)]
    [InlineData(false, true, CanaryNanStrategy.Remove, CanaryClassification.Nodata, true)]
    public void Judge_SideWithoutPoints_IsNodata(bool mustHaveData, bool critical, CanaryNanStrategy strategy, CanaryClassification expected, bool isCritical)
    {
        var verdict = Kayenta(Noisy, None, new CanaryAnalysis(MustHaveData: mustHaveData, Critical: critical, NanStrategy: strategy));
        Assert.Equal((expected, isCritical, 1.0), (verdict.Classification, verdict.IsCritical, verdict.Deviation));
    }

    [Fact]
    public void Judge_NoPointsThatCountAsZero_Pass() =>
        Assert.Equal(CanaryClassification.Pass, Kayenta([], [], new CanaryAnalysis(NanStrategy: CanaryNanStrategy.Replace)).Classification);

    [Fact]
    public void Judge_MissingPointsOfTheWindow_AreFilledUp()
    {
        var verdict = Assert.Single(Judge(CanaryJudgeChoice.KayentaName, Noisy, Higher, new CanaryAnalysis(NanStrategy: CanaryNanStrategy.Replace), points: 14).Metrics);
        Assert.Equal((14, 4, 0.0), (verdict.Control.Points, verdict.Control.Missing, verdict.Control.Least));
    }

    [Fact]
    public void Judge_Outliers_AreLeftOutBeyondTheFenceAlone()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(i => (double)i), 5_000];
        var removed = Kayenta(values, values, new CanaryAnalysis(Outliers: new CanaryOutliers(CanaryOutlierStrategy.Remove)));
        Assert.Equal((200, 1, 199.0), (removed.Control.Points, removed.Control.Outliers, removed.Control.Most));
        var kept = Kayenta(values, values, new CanaryAnalysis(Outliers: new CanaryOutliers(CanaryOutlierStrategy.Remove, 100)));
        Assert.Equal(201, kept.Control.Points);
    }

    [Theory]
    [InlineData(3.0, 9.0, CanaryClassification.Pass, false)]
    [InlineData(2.0, 9.0, CanaryClassification.High, false)]
    [InlineData(2.0, 2.5, CanaryClassification.High, true)]
    public void Judge_EffectSize_DecidesWhatCountsAndWhatIsCritical(double allowed, double critical, CanaryClassification expected, bool isCritical)
    {
        var verdict = Kayenta(Noisy, Higher, new CanaryAnalysis(Critical: true, EffectSize: new CanaryEffectSize(AllowedIncrease: allowed, CriticalIncrease: critical)));
        Assert.Equal((expected, isCritical), (verdict.Classification, verdict.IsCritical));
        Assert.Equal(2.869, verdict.Effect!.Value, 0.001);
    }

    [Theory]
    [InlineData(new double[] { 2, 3, 4 }, new double[] { 1, 2, 3 }, 7.0 / 9)]
    [InlineData(new double[] { 1, 1 }, new double[] { 1, 2 }, 0.25)]
    public void Judge_Cles_IsTheProbabilityOfBeingAbove(double[] experiment, double[] control, double expected) =>
        Assert.Equal(expected, Kayenta(control, experiment, new CanaryAnalysis(EffectSize: new CanaryEffectSize(CanaryEffectMeasure.Cles))).Effect!.Value, 1e-12);

    [Fact]
    public void Judge_NothingButErrors_PassAsInTheOriginal()
    {
        var verdict = Judge(CanaryJudgeChoice.KayentaName, Noisy, [1, 2, double.PositiveInfinity], new CanaryAnalysis(Critical: true));
        Assert.Equal((CanaryClassification.Error, CanaryOutcome.Pass, 100.0), (verdict.Metrics[0].Classification, verdict.Outcome, verdict.Score));
    }

    [Fact]
    public void Judge_NoGroups_ScoresZeroAsInTheOriginal()
    {
        var config = new CanaryConfig([new CanaryMetricConfig("a")], Judge: new CanaryJudgeChoice(CanaryJudgeChoice.KayentaFileName));
        Assert.Equal(0, CanaryJudge.Judge(config, [Series("a", Noisy, Noisy)], CanaryWindow.OfPoints(10)).Score);
    }

    [Theory]
    [InlineData(31, 0.5)]
    [InlineData(85, 0.8)]
    [InlineData(99, 1.0)]
    public void Judge_ShiftOfNormalPoints_IsFoundAsOftenAsTheOriginalFindsIt(int percent, double shift)
    {
        const int rounds = 400;
        var found = Enumerable.Range(0, rounds).Count(round => Kayenta(Drift.Samples.Normal(2 * round, 60, 100), Drift.Samples.Normal((2 * round) + 1, 60, 100 + shift)).Classification == CanaryClassification.High);
        Assert.InRange(100.0 * found / rounds, percent - 7, percent + 7);
    }
}
