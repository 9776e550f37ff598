using System.Text.Json;
using Fairlead.Statistics.Canary;
using static Fairlead.Statistics.Tests.Canary.Canaries;

namespace Fairlead.Statistics.Tests.Canary;

public sealed class CanaryJudgeTests
{
    private static readonly double[] Noisy = [10, 12, 9, 11, 13, 8, 10.5, 11.5, 9.5, 12.5];
    private static readonly double[] Higher = [.. Noisy.Select(value => value + 20)];
    private static readonly double[] Sparse = [0, .048, 0, .18, .089, 0, .098, .035, 0, 0];

    [Theory]
    [InlineData(CanaryDirection.Increase)]
    [InlineData(CanaryDirection.Either)]
    public void Judge_SparseErrorsOverZeros_AreSeen(CanaryDirection direction)
    {
        var verdict = Own(Repeat(0, 10), Sparse, new CanaryAnalysis(direction));
        Assert.Equal((CanaryClassification.High, CanaryTest.Shares), (verdict.Classification, verdict.Test));
        Assert.Equal(252.0 / 15504, verdict.PValue!.Value, 1e-9);
        Assert.Equal(0.5, verdict.Estimate!.Value, 1e-12);
    }

    [Fact]
    public void Judge_SparseErrorsWhereTheControlHasAsMany_Pass() => Assert.Equal(CanaryClassification.Pass, Own(Sparse, [.. Sparse.Reverse()]).Classification);

    [Fact]
    public void Judge_MorePointsWithErrors_AreSeenOverAControlWithSome() =>
        Assert.Equal(CanaryClassification.High, Own([.. Repeat(0, 57), 1, 1, 1], [.. Repeat(0, 40), .. Repeat(1, 20)]).Classification);

    [Fact]
    public void Judge_LargerErrorsInAsManyPoints_AreSeen()
    {
        double[] zeros = Repeat(0, 60), few = [.. Enumerable.Range(1, 30).Select(i => i / 10.0)];
        var verdict = Own([.. zeros, .. few], [.. zeros, .. few.Select(value => value + 20)], new CanaryAnalysis(CanaryDirection.Increase));
        Assert.Equal((CanaryClassification.High, CanaryTest.Sizes), (verdict.Classification, verdict.Test));
    }

    [Fact]
    public void Judge_CountsThatAreMostlyAlike_AreToldByTheirRanks()
    {
        var verdict = Own([.. Repeat(1, 90), .. Repeat(2, 10)], [.. Repeat(1, 55), .. Repeat(2, 45)]);
        Assert.Equal((CanaryClassification.High, CanaryTest.Ties, 0.0), (verdict.Classification, verdict.Test, verdict.Estimate));
    }

    [Theory]
    [InlineData(10, 1, CanaryClassification.High, 9.0)]
    [InlineData(10, 0, CanaryClassification.High, 10.0)]
    [InlineData(1, 10, CanaryClassification.Low, -9.0)]
    public void Judge_Constants_AreExactWithoutNoise(double experiment, double control, CanaryClassification expected, double shift)
    {
        var verdict = Own(Repeat(control, 5), Repeat(experiment, 5));
        Assert.Equal((expected, shift, shift, shift), (verdict.Classification, verdict.Estimate, verdict.Low, verdict.High));
    }

    [Fact]
    public void Judge_ConstantsOfTooFewPoints_AreNoResult() =>
        // Two of seventy orders of four and four lie apart: that is more than 2 %.
        Assert.Equal(CanaryClassification.Nodata, Own(Repeat(1, 4), Repeat(10, 4)).Classification);

    [Theory]
    [InlineData(7, CanaryClassification.Nodata)]
    [InlineData(8, CanaryClassification.Pass)]
    public void Judge_EqualSides_PassOnlyWhenAShiftWouldHaveBeenFound(int points, CanaryClassification expected)
    {
        double[] values = [.. Enumerable.Range(0, points).Select(i => i * 1.5)];
        Assert.Equal(expected, Own(values, values).Classification);
    }

    [Fact]
    public void Judge_TinyUnits_AreJudgedAsLargeOnes()
    {
        var small = Own([.. Noisy.Select(value => value * 1e-9)], [.. Noisy.Select(value => (value + 2) * 1e-9)]);
        var large = Own(Noisy, [.. Noisy.Select(value => value + 2)]);
        Assert.Equal(large.Classification, small.Classification);
        Assert.Equal(large.Low!.Value * 1e-9, small.Low!.Value, 1e-18);
    }

    [Fact]
    public void Judge_Passed_SaysWhatWouldHaveBeenFound()
    {
        var verdict = Own(Drift.Samples.Normal(1, 60, 100), Drift.Samples.Normal(2, 60, 100));
        Assert.Equal(CanaryClassification.Pass, verdict.Classification);
        // Four of five at 60 points: 0.82 of a deviation, as the original's own power says.
        Assert.InRange(verdict.DetectableShift!.Value, 0.6, 1.1);
        Assert.Contains("would have been found", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(0.98, verdict.Confidence!.Value, 1e-12);
    }

    [Fact]
    public void DetectableShift_AppliedToTheData_IsFoundInFourOfFiveCases()
    {
        const int rounds = 500;
        var (found, shift) = (0, Enumerable.Range(0, 50).Average(i => Own(Drift.Samples.Normal(9_000 + i, 60, 100), Drift.Samples.Normal(9_500 + i, 60, 100)).DetectableShift!.Value));
        for (var round = 0; round < rounds; round++)
            found += Own(Drift.Samples.Normal(2 * round, 60, 100), Drift.Samples.Normal((2 * round) + 1, 60, 100 + shift)).Classification == CanaryClassification.High ? 1 : 0;
        Assert.InRange((double)found / rounds, 0.7, 0.9);
    }

    [Fact]
    public void Judge_Pairs_FindWhatTwoSamplesDoNot()
    {
        var random = new Random(5);
        double[] control = [.. Enumerable.Range(0, 80).Select(_ => Math.Exp(3 * random.NextDouble()))];
        double[] experiment = [.. control.Select(value => value + 0.2 + (0.1 * random.NextDouble()))];
        var config = Config(CanaryJudgeChoice.OwnName, new CanaryAnalysis());
        var paired = CanaryJudge.Judge(config, [Series("m0", control, experiment) with { IsPaired = true }], CanaryWindow.OfPoints(80)).Metrics[0];
        Assert.Equal((CanaryClassification.High, CanaryTest.SignedRank), (paired.Classification, paired.Test));
        Assert.InRange(paired.Estimate!.Value, 0.2, 0.3);
        Assert.Equal(CanaryClassification.Pass, Own(control, experiment).Classification);
    }

    [Fact]
    public void Judge_PairsWithAMissingSide_AreLeftOut()
    {
        var config = Config(CanaryJudgeChoice.OwnName, new CanaryAnalysis());
        var verdict = CanaryJudge.Judge(config, [Series("m0", [.. Noisy, double.NaN, 4], [.. Noisy, 3]) with { IsPaired = true }], CanaryWindow.OfPoints(0)).Metrics[0];
        Assert.Equal((10, 10), (verdict.Control.Points, verdict.Experiment.Points));
    }

    [Fact]
    public void Judge_Infinity_IsAnErrorAndNotGood()
    {
        var verdict = Judge(CanaryJudgeChoice.OwnName, Noisy, [.. Noisy, double.PositiveInfinity]);
        Assert.Equal((CanaryClassification.Error, CanaryOutcome.Nodata), (verdict.Metrics[0].Classification, verdict.Outcome));
    }

    [Theory]
    [InlineData(null, CanaryClassification.Nodata, CanaryNanStrategy.Remove)]
    [InlineData(null, CanaryClassification.Nodata, CanaryNanStrategy.Replace)]
    [InlineData(true, CanaryClassification.NodataFail, CanaryNanStrategy.Remove)]
    [InlineData(false, CanaryClassification.Nodata, CanaryNanStrategy.Replace)]
    public void Judge_MetricThatReportedNothing_IsNeverGood(bool? mustHaveData, CanaryClassification expected, CanaryNanStrategy strategy)
    {
        var verdict = Judge(CanaryJudgeChoice.OwnName, [], [], new CanaryAnalysis(MustHaveData: mustHaveData, NanStrategy: strategy), points: 60);
        Assert.Equal(expected, verdict.Metrics[0].Classification);
        Assert.NotEqual(CanaryOutcome.Pass, verdict.Outcome);
    }

    [Fact]
    public void Judge_MustHaveDataBeforeTheLastLook_WaitsForIt()
    {
        var config = Config(CanaryJudgeChoice.OwnName, new CanaryAnalysis(MustHaveData: true));
        var window = CanaryWindow.OfPoints(5) with { Look = 1, Looks = 4 };
        var early = CanaryJudge.Judge(config, [Series("m0", Noisy[..5], Noisy[..5])], window);
        Assert.Equal((CanaryClassification.Nodata, CanaryOutcome.Nodata), (early.Metrics[0].Classification, early.Outcome));
        var late = CanaryJudge.Judge(config, [Series("m0", Noisy[..5], Noisy[..5])], window with { Look = 4 });
        Assert.Equal((CanaryClassification.NodataFail, CanaryOutcome.Fail), (late.Metrics[0].Classification, late.Outcome));
    }

    [Fact]
    public void Judge_FewerPointsThanAskedFor_IsNodata() =>
        Assert.Equal(CanaryClassification.Nodata, Own(Noisy, Higher, new CanaryAnalysis(MinPoints: 11)).Classification);

    [Theory]
    [InlineData(CanaryDirection.Increase, 3.0, CanaryClassification.Pass)]
    [InlineData(CanaryDirection.Increase, 2.0, CanaryClassification.High)]
    [InlineData(CanaryDirection.Decrease, null, CanaryClassification.Pass)]
    public void Judge_DirectionAndSize_DecideWhatIsBad(CanaryDirection direction, double? allowed, CanaryClassification expected) =>
        Assert.Equal(expected, Own(Noisy, Higher, new CanaryAnalysis(direction, EffectSize: new CanaryEffectSize(AllowedIncrease: allowed))).Classification);

    [Fact]
    public void Judge_SeriesOfNoMetric_IsRefused() =>
        Assert.Throws<ArgumentException>(() => CanaryJudge.Judge(Config("fairlead", new CanaryAnalysis()), [Series("other", Noisy, Noisy)], CanaryWindow.OfPoints(10)));

    [Fact]
    public void Refuse_WrongConfigurations_SaysWhy()
    {
        Assert.Contains("no metric", CanaryJudge.Refuse(Config("fairlead")), StringComparison.Ordinal);
        Assert.Contains("'other'", CanaryJudge.Refuse(Config("other", new CanaryAnalysis())), StringComparison.Ordinal);
        Assert.Contains("twice", CanaryJudge.Refuse(new CanaryConfig([Metric("a", "g"), Metric("a", "g")])), StringComparison.Ordinal);
        Assert.Contains("confidence", CanaryJudge.Refuse(new CanaryConfig([Metric("a", "g")], Judge: new CanaryJudgeChoice(JudgeConfigurations: new CanaryJudgeSettings(double.NaN)))), StringComparison.Ordinal);
        Assert.Contains("marginal", CanaryJudge.Refuse(new CanaryConfig([Metric("a", "g")], Classifier: new CanaryClassifier(ScoreThresholds: new CanaryScoreThresholds(50, 60)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_AsJson_ComesBackTheSame()
    {
        var verdict = Judge(CanaryJudgeChoice.OwnName, Noisy, Higher, new CanaryAnalysis(Critical: true));
        var json = JsonSerializer.Serialize(verdict, CanaryJson.Default.CanaryVerdict);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, CanaryJson.Default.CanaryVerdict), CanaryJson.Default.CanaryVerdict));
        Assert.Contains("\"classification\":\"high\"", json, StringComparison.Ordinal);
        Assert.Contains("\"isCritical\":true", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Config_InKayentasWords_IsReadWithItsDefaults()
    {
        const string json = """
            {"name":"c","judge":{"name":"NetflixACAJudge-v1.0","judgeConfigurations":{}},
             "metrics":[{"name":"errors","groups":["g"],"analysisConfigurations":{"canary":{"direction":"increase","critical":true,"nanStrategy":"replace",
               "outliers":{"strategy":"remove"},"effectSize":{"measure":"cles","allowedIncrease":0.6},"mustHaveData":true,"muted":true}}},{"name":"plain"}],
             "classifier":{"groupWeights":{"g":60},"scoreThresholds":{"pass":95,"marginal":75}}}
            """;
        var config = JsonSerializer.Deserialize(json, CanaryJson.Default.CanaryConfig)!;
        Assert.True(config.IsKayenta);
        Assert.Equal(
            new CanaryAnalysis(CanaryDirection.Increase, true, true, true, 0, CanaryNanStrategy.Replace, new CanaryOutliers(CanaryOutlierStrategy.Remove, 3), new CanaryEffectSize(CanaryEffectMeasure.Cles, 0.6)),
            config.Metrics[0].Analysis);
        Assert.Equal(new CanaryAnalysis(), config.Metrics[1].Analysis);
        Assert.Equal((95.0, 75.0, 60.0), (config.Thresholds.Pass, config.Thresholds.Marginal, config.Classifier!.GroupWeights!["g"]));
    }

    [Fact]
    public void Judge_RandomAndHostileSeries_NeverThrowsAndNeverPassesWhatItCouldNotJudge()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (control, experiment) = (Hostile(random), Hostile(random));
            foreach (var judge in new[] { CanaryJudgeChoice.OwnName, CanaryJudgeChoice.KayentaName })
            {
                var verdict = Judge(judge, control, experiment, new CanaryAnalysis((CanaryDirection)random.Next(3), NanStrategy: (CanaryNanStrategy)random.Next(2)), random.Next(60));
                Assert.NotEmpty(JsonSerializer.Serialize(verdict, CanaryJson.Default.CanaryVerdict));
                if (judge == CanaryJudgeChoice.OwnName && verdict.Outcome == CanaryOutcome.Pass)
                    Assert.True(verdict.Metrics[0].Classification == CanaryClassification.Pass && verdict.Metrics[0].DetectableShift is not null || verdict.Metrics[0].Estimate != 0, $"seed {seed}");
            }
        }
    }

    private static double[] Hostile(Random random)
    {
        double[] odd = [double.NaN, double.PositiveInfinity, 1e308, -1e308, 5e-324, -0.0, 0, 1];
        var kind = random.Next(4);
        return [.. Enumerable.Range(0, random.Next(40)).Select(_ => kind switch
        {
            0 => random.NextDouble(),
            1 => odd[random.Next(odd.Length)],
            2 => random.Next(4) == 0 ? random.Next(3) : 0,
            _ => random.Next(5) == 0 ? double.NaN : 3,
        })];
    }
}
