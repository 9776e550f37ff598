using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Design;
using Fairlead.Monitoring.Experiments.Judging;
using Fairlead.Monitoring.Experiments.Measuring;
using Fairlead.Statistics.Experiments;
using Fairlead.Testing;

namespace Fairlead.Monitoring.Tests.Experiments;

public sealed class MeasurementReaderTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = ExperimentBench.Start;
    private readonly ExperimentBench bench = new();

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Read_UnitsOfAllKinds_CountsThoseThatTheSplitAssigned()
    {
        bench.Add(1, "a", 1);
        bench.Add(1, "a", 1);
        bench.Add(2, "b", 1);
        bench.Add(1, "crossed", 1);
        bench.Add(2, "crossed", 1);
        bench.Add(1, "", 1);
        bench.Add(2, "named", 1, route: RouteKind.Version);
        bench.Add(3, "elsewhere", 1);
        bench.Add(1, "early", 1, Start - TimeSpan.FromSeconds(1));
        bench.Add(2, "late", 1, Start + TimeSpan.FromHours(2));
        bench.Add(2, "shadow", 1, role: PredictionRole.Shadow, route: RouteKind.Mirror);

        var measurement = await ReadAsync(ExperimentBench.Order);

        Assert.Equal([1, 1], measurement.Units);
        Assert.Equal((1, 8, 1, 1), (measurement.Crossed, measurement.Predictions, measurement.WithoutUnit, measurement.Unassigned));
    }

    [Fact]
    public async Task Read_AnAverage_IsTheRatioOfAllRowsWithTheDeltaMethod()
    {
        // Units: 1, 2, 3 (mean 2, three rows) and 6.
        foreach (var score in new float[] { 1, 2, 3 })
            bench.Add(1, "a", score);
        bench.Add(1, "b", 6);

        var moments = (await ReadAsync(ExperimentBench.Order with { Secondaries = ["mean=avg(output.score)+0", "rows=count(*)", "high=sum(output.score) filter (where output.score > 2)"] })).Metrics;

        Assert.Equal(3, moments[0][0].Ratio, 1e-9);
        // Linearized: (6 - 3*3)/2 = -1.5 and (6 - 3)/2 = 1.5.
        Assert.Equal(4.5, moments[0][0].RatioVariance, 1e-9);
        Assert.Equal((4, 8), (moments[1][0].Ratio, moments[1][0].RatioVariance));
        Assert.Equal((2, 2), (moments[2][0].Ratio, moments[2][0].RatioVariance));
        Assert.Equal((2L, 4.5), (moments[3][0].Units, moments[3][0].Ratio));
        Assert.Equal(0, moments[0][1].Units);
    }

    [Fact]
    public async Task Read_Outcomes_OnlyUnitsWithOneCount()
    {
        var ids = Enumerable.Range(0, 4).Select(i => bench.Add(1 + (i % 2), $"u{i}", 0)).ToList();
        await bench.PostAsync([(ids[0], """{"clicked": true}""", Start), (ids[1], """{"clicked": false}""", Start), (ids[2], """{"clicked": false}""", Start)]);

        var measurement = await ReadAsync(ExperimentBench.Order with { Metrics = ["clicked=avg(outcome.clicked)", "clicks=sum(outcome.clicked::int)"] });

        Assert.Equal([2, 2], measurement.Units);
        Assert.Equal([(2L, 0.5), (1L, 0.0)], measurement.Metrics[0].Select(arm => (arm.Units, arm.Ratio)));
        Assert.Equal([(2L, 0.5), (1L, 0.0)], measurement.Metrics[1].Select(arm => (arm.Units, arm.Ratio)));
    }

    [Fact]
    public async Task Read_ACovariate_IsOfTheTimeBeforeTheStart()
    {
        var before = Start - TimeSpan.FromDays(1);
        bench.Add(1, "a", 2, before);
        bench.Add(1, "b", 4, before);
        bench.Add(1, "c", 100, Start - TimeSpan.FromDays(60));
        foreach (var unit in new[] { "a", "b", "c" })
            bench.Add(1, unit, 50);

        var arm = (await ReadAsync(ExperimentBench.Order with { Covariate = "avg(output.score)" })).Metrics[0][0];

        // Who has no past gets the mean of the others.
        Assert.Equal((3L, 3.0, 1.0), (arm.Units, arm.Covariate, arm.CovariateVariance));
    }

    [Fact]
    public async Task Read_ACovariateOfOutcomes_LeavesOutThoseThatCameAfterTheStart()
    {
        var before = Start - TimeSpan.FromDays(1);
        var (a, b) = (bench.Add(1, "a", 0, before), bench.Add(1, "b", 0, before));
        await bench.PostAsync([(a, """{"clicked": 4}""", before), (b, """{"clicked": 9}""", Start + TimeSpan.FromMinutes(1))]);
        bench.Add(1, "a", 0);
        bench.Add(1, "b", 0);

        var arm = (await ReadAsync(ExperimentBench.Order with { Covariate = "avg(outcome.clicked)" })).Metrics[0][0];

        Assert.Equal((4.0, 0.0), (arm.Covariate, arm.CovariateVariance));
    }

    [Fact]
    public async Task Read_ValuesThatAreNoNumbers_AreLeftOut()
    {
        bench.Add(1, "a", float.NaN);
        bench.Add(1, "b", float.PositiveInfinity);
        bench.Add(1, "c", 3);

        var arm = (await ReadAsync(ExperimentBench.Order with { Metrics = ["score=max(output.score)"] })).Metrics[0][0];

        Assert.Equal((1L, 3.0, 0.0), (arm.Units, arm.Ratio, arm.RatioVariance));
    }

    [Theory]
    [InlineData("avg(output.scor)", "'x'", "score")]
    [InlineData("output.score", "'x'", "aggregate")]
    [InlineData("avg(server_group)", "'x'", "VARCHAR")]
    [InlineData("max(server_group)", "'x'", "no number")]
    [InlineData("avg(output.score), 1", "'x'", "")]
    [InlineData("(select max(content) from read_text('/etc/passwd'))", "'x'", "read_text")]
    [InlineData("avg(outcome.clicked)", "'x'", "outcome")]
    [InlineData("avg(", "'x'", "")]
    public async Task Read_AMetricThatCannotBe_SaysWhy(string expression, string name, string part)
    {
        bench.Add(1, "a", 1);

        var e = await Assert.ThrowsAsync<FairleadException>(() => ReadAsync(ExperimentBench.Order with { Metrics = [$"x={expression}"] }));

        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains(name, e.Message);
        Assert.Contains(part, e.Message);
    }

    [Fact]
    public async Task Read_ManyUnits_TakesSecondsAndFindsTheEffect()
    {
        var units = Campaign.Rounds(100_000, 1_000_000);
        var random = new Random(7);
        for (var unit = 0; unit < units; unit++)
        {
            var arm = 1 + random.Next(2);
            bench.Add(arm, $"unit-{unit}", (float)((arm * 0.02) + random.NextDouble()));
        }

        var design = ExperimentDesigner.Design(ExperimentBench.Order, bench.Traffic.Groups);
        var report = new ExperimentJudge(design, units).Judge(await ReadAsync(ExperimentBench.Order), null, Start);

        var comparison = report.Metrics[0].Comparisons[0];
        Assert.Equal(units, report.Split.Units.Sum());
        Assert.False(report.Split.IsMismatch);
        Assert.Equal(MetricVerdict.Higher, comparison.Verdict);
        Assert.InRange(0.02, comparison.Low!.Value, comparison.High!.Value);
    }

    private async Task<ExperimentMeasurement> ReadAsync(ExperimentOrder order)
    {
        var design = ExperimentDesigner.Design(order, bench.Traffic.Groups);
        using var session = await bench.Analysis.OpenExpressionsAsync(TestContext.Current.CancellationToken);
        return MeasurementReader.Read(session, design, Start, Start + TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
    }
}
