using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Judging;

namespace Fairlead.Monitoring.Tests.Experiments;

public sealed class ExperimentDeskTests : IAsyncDisposable
{
    private readonly ExperimentBench bench = new();

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Start_WithAHistory_PlansAndSplitsTheTraffic()
    {
        AddHistory(days: 7, unitsPerDay: 100);

        var experiment = await StartAsync(ExperimentBench.Order with { MinimumEffect = 0.05, Days = 7 });

        Assert.Equal(ExperimentStatus.Running, experiment.Status);
        Assert.Equal(700, experiment.Plan.HistoryUnits);
        Assert.Equal(100, experiment.Plan.UnitsPerDay, 2.0);
        var metric = Assert.Single(experiment.Plan.Metrics);
        // A uniform score: mean 1/2, variance 1/12; 16 sigma^2 / delta^2 in each arm.
        Assert.Equal(0.5, metric.Mean, 0.05);
        Assert.Equal(32 / 12.0 / (0.025 * 0.025), metric.FixedUnits!.Value, 500.0);
        Assert.InRange(metric.SequentialUnits!.Value / metric.FixedUnits.Value, 2.0, 2.25);
        Assert.Equal(metric.SequentialUnits.Value / experiment.Plan.UnitsPerDay, metric.SequentialDays!.Value, 1e-6);
        Assert.True(metric.SequentialEffect > 0.05);
        Assert.Contains(experiment.Plan.Warnings, warning => warning.Contains("too few", StringComparison.Ordinal));
        Assert.All(bench.Traffic.Groups.Take(2), group => Assert.Equal(("calm", 5000), (group.Experiment, group.Weight.Hundredths)));
    }

    [Fact]
    public async Task Plan_OfAnOrder_StartsNothing()
    {
        AddHistory(days: 2, unitsPerDay: 50);

        var plan = await bench.Desk.PlanAsync(ExperimentBench.Order with { MinimumEffect = 0.5 }, TestContext.Current.CancellationToken);

        Assert.NotEmpty(plan.Metrics);
        Assert.Empty(await bench.Desk.ListAsync(TestContext.Current.CancellationToken));
        Assert.Null(bench.Traffic.Groups[0].Experiment);
    }

    [Fact]
    public async Task Start_WhereNobodyNamesUnits_SaysWhatTheClientMustSend()
    {
        for (var i = 0; i < 10; i++)
            bench.Add(1, "", 1, bench.Time.GetUtcNow() - TimeSpan.FromHours(1));

        var e = await Assert.ThrowsAsync<FairleadException>(() => StartAsync(ExperimentBench.Order));

        Assert.Equal(ProblemKind.Conflict, e.Kind);
        Assert.Contains("'fairlead-unit'", e.Message);
        Assert.Empty(await bench.Desk.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Start_UnderANameOfBefore_IsRefused()
    {
        await StartAsync(Latency);
        await bench.Desk.StopAsync("calm", null, "ada", TestContext.Current.CancellationToken);

        var e = await Assert.ThrowsAsync<FairleadException>(() => StartAsync(Latency));

        Assert.Contains("another name", e.Message);
    }

    [Theory]
    [InlineData(ProblemKind.Failed)]
    [InlineData(ProblemKind.Unavailable)]
    public async Task Start_ThatTheHostDoesNotFollow_LeavesNothing(ProblemKind kind)
    {
        bench.Traffic.Failure = new FairleadException(kind, "no");

        await Assert.ThrowsAsync<FairleadException>(() => StartAsync(Latency));

        Assert.Empty(await bench.Desk.ListAsync(TestContext.Current.CancellationToken));
        if (kind == ProblemKind.Unavailable)
            Assert.Equal(Weight.All, bench.Traffic.Groups[0].Weight);
    }

    [Fact]
    public async Task Measure_ARunningExperiment_FindsTheLiftAndKeepsTheReport()
    {
        AddHistory(days: 1, unitsPerDay: 10);
        await StartAsync(Latency with { Guardrails = ["score=avg(output.score) <= +50%"] });
        AddUnits(2000, effect: 0.3f);
        bench.Time.Advance(TimeSpan.FromHours(1));

        var experiment = await MeasureAsync();

        Assert.Equal(2000, experiment.Report!.Split.Units.Sum());
        Assert.Equal(MetricVerdict.Higher, experiment.Report.Metrics[0].Comparisons[0].Verdict);
        Assert.Equal(1, experiment.Report.Metrics[0].Comparisons[0].Difference!.Value, 0.5);
        Assert.Equal(2, experiment.History.Count);
        bench.Restart();
        Assert.Equal(experiment.Report.At, (await bench.Desk.MeasureAsync("calm", TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).Report!.At);
    }

    [Fact]
    public async Task Stop_KeepingTheTreatment_EndsTheWindowButNotTheOutcomes()
    {
        AddHistory(days: 1, unitsPerDay: 10);
        await bench.PostAsync([(bench.Add(1, "first", 0, bench.Time.GetUtcNow() - TimeSpan.FromHours(1)), """{"clicked": 1}""", bench.Time.GetUtcNow())]);
        await StartAsync(ExperimentBench.Order with { Metrics = ["clicked=avg(outcome.clicked)"] });
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        var ids = AddUnits(400, effect: 0);
        bench.Time.Advance(TimeSpan.FromHours(1));

        var stopped = await bench.Desk.StopAsync("calm", "treatment", "bob", TestContext.Current.CancellationToken);
        AddUnits(100, effect: 0, prefix: "after");
        await bench.PostAsync(ids.Select((id, i) => (id, $$"""{"clicked": {{i / 2 % 2}}}""", bench.Time.GetUtcNow())));
        bench.Time.Advance(TimeSpan.FromHours(1));
        var concluded = await bench.Desk.ConcludeAsync("calm", "Keep it.", "bob", TestContext.Current.CancellationToken);

        Assert.Equal(("late-prod-v002", "bob"), (stopped.Kept.ToString(), stopped.EndedBy));
        Assert.Equal(Weight.All, bench.Traffic.Groups[1].Weight);
        Assert.Equal((400L, 400L), (concluded.Report!.Split.Units.Sum(), concluded.Report.Metrics[0].Arms.Sum(arm => arm.Units)));
        Assert.Equal((ExperimentStatus.Concluded, "Keep it."), (concluded.Status, concluded.Decision));
        Assert.Equal(concluded.Report.At, (await MeasureAsync()).Report!.At);
        await Assert.ThrowsAsync<FairleadException>(() => bench.Desk.StopAsync("calm", null, "bob", TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<FairleadException>(() => bench.Desk.ConcludeAsync("calm", null, "bob", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Conclude_WhileItRuns_IsRefused()
    {
        await StartAsync(Latency);

        var e = await Assert.ThrowsAsync<FairleadException>(() => bench.Desk.ConcludeAsync("calm", null, "bob", TestContext.Current.CancellationToken));

        Assert.Contains("'fairlead experiment stop calm'", e.Message);
    }

    [Fact]
    public async Task Stop_KeepingAStranger_IsRefused()
    {
        await StartAsync(Latency);

        await Assert.ThrowsAsync<FairleadException>(() => bench.Desk.StopAsync("calm", "late-prod-v003", "bob", TestContext.Current.CancellationToken));

        Assert.Equal("calm", bench.Traffic.Groups[0].Experiment);
    }

    [Fact]
    public async Task Refresh_AfterARollback_RecordsTheExperimentAsAborted()
    {
        await StartAsync(Latency);
        bench.Time.Advance(TimeSpan.FromMinutes(5));
        bench.Traffic.RollBack();
        var rolledBack = bench.Time.GetUtcNow();
        bench.Time.Advance(TimeSpan.FromMinutes(50));

        await bench.Desk.RefreshAsync(TestContext.Current.CancellationToken);

        var experiment = Assert.Single(await bench.Desk.ListAsync(TestContext.Current.CancellationToken));
        Assert.Equal((ExperimentStatus.Aborted, rolledBack, "eve"), (experiment.Status, experiment.EndedAt!.Value, experiment.EndedBy));
        Assert.Contains("rolled back to late-prod-v001", experiment.Reason);
    }

    [Fact]
    public async Task List_AfterTheControlPlaneEndedInTheStart_GivesTheTrafficBack()
    {
        await StartAsync(Latency);
        var record = (await bench.Records.FindLatestAsync(Domain.Records.RecordKind.Experiment, "calm", TestContext.Current.CancellationToken))!;
        await bench.Records.UpdateAsync(record.Kind, record.Number, "starting", record.Document.Replace("\"running\"", "\"starting\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        bench.Restart();

        var experiment = Assert.Single(await bench.Desk.ListAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ExperimentStatus.Aborted, experiment.Status);
        Assert.Null(bench.Traffic.Groups[0].Experiment);
        Assert.Equal(Weight.All, bench.Traffic.Groups[0].Weight);
    }

    [Fact]
    public async Task Find_AnUnknownName_NamesTheNearest()
    {
        await StartAsync(Latency);

        var e = await Assert.ThrowsAsync<FairleadException>(() => bench.Desk.MeasureAsync("clam", TimeSpan.Zero, TestContext.Current.CancellationToken));

        Assert.Contains("'calm'", e.Message);
    }

    private static ExperimentOrder Latency => ExperimentBench.Order with { Metrics = ["latency=avg(latency_us)"] };

    private Task<Experiment> StartAsync(ExperimentOrder order) => bench.Desk.StartAsync(order, TestContext.Current.CancellationToken);

    private Task<Experiment> MeasureAsync() => bench.Desk.MeasureAsync("calm", TimeSpan.Zero, TestContext.Current.CancellationToken);

    /// <summary>Units that the control answered, each once, evenly over the days before now.</summary>
    private void AddHistory(int days, int unitsPerDay)
    {
        var random = new Random(3);
        for (var unit = 0; unit < days * unitsPerDay; unit++)
            bench.Add(1, $"old-{unit}", random.NextSingle(), bench.Time.GetUtcNow() - TimeSpan.FromDays(days) + TimeSpan.FromDays((unit + 0.1) / unitsPerDay));
    }

    /// <summary>Alternately in both arms.</summary>
    private List<PredictionId> AddUnits(int count, float effect, string prefix = "unit")
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(unit => bench.Add(1 + (unit % 2), $"{prefix}-{unit}", random.NextSingle() + (unit % 2 * effect)))];
    }
}
