using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Canaries;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Tests.Canaries;

public sealed class CanaryDeskTests : IAsyncDisposable
{
    private static readonly string[] Everything = ["latency.p50", "latency.p99", "latency.mean", "error.rate", "request.rate", "output.score", "input.distance"];
    private readonly CanaryBench bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Judge_TwoSidesThatAnswerAlike_IsGood()
    {
        bench.Add(CanaryBench.Live, 20, Usual);
        bench.Add(CanaryBench.Candidate, 20, Usual);

        var report = await bench.JudgeAsync(Everything);

        Assert.Equal((CanaryOutcome.Pass, 100), (report.Verdict.Outcome, report.Verdict.Score));
        // Numbers are compared by their size and by how far they spread.
        Assert.Equal(["latency.p50", "latency.p99", "latency.mean", "error.rate", "request.rate", "output.score", "output.score/spread", "input.distance", "input.distance/spread"], report.Verdict.Metrics.Select(NameOf));
        Assert.All(report.Verdict.Metrics, metric => Assert.NotEmpty(metric.Reason));
        Assert.Equal(60, Of(report, "latency.p50").Control.Points);
        Assert.Equal(1200, Of(report, "output.score").Control.Points);
        Assert.Equal(0, Of(report, "output.score").Control.Missing);
        Assert.Equal(4.0, Of(report, "request.rate").Control.Mean);
    }

    [Fact]
    public async Task Judge_ASlowerCandidate_IsNotGoodAndSaysWhatIs()
    {
        bench.Add(CanaryBench.Live, 20, Usual);
        bench.Add(CanaryBench.Candidate, 20, (i, random) => Usual(i, random) is var (latency, status, score) ? (latency * 2, status, score) : default);

        var report = await bench.JudgeAsync("latency.p50", "latency.p99", "error.rate");

        Assert.Equal(CanaryOutcome.Marginal, report.Verdict.Outcome);
        Assert.Equal(CanaryClassification.High, Of(report, "latency.p99").Classification);
        Assert.Contains("bad: latency.p50 is higher, latency.p99 is higher", report.Reason, StringComparison.Ordinal);
        Assert.InRange(Of(report, "latency.p50").Effect!.Value, 1.8, 2.2);
    }

    [Fact]
    public async Task Judge_AWrongCandidate_IsSeenByItsAnswers()
    {
        bench.Add(CanaryBench.Live, 20, Usual);
        bench.Add(CanaryBench.Candidate, 20, (i, random) => Usual(i, random) is var (latency, status, score) ? (latency, status, score + 0.3f) : default);

        var report = await bench.JudgeAsync("latency.p99", "error.rate", "output.score");

        Assert.NotEqual(CanaryOutcome.Pass, report.Verdict.Outcome);
        Assert.Equal(CanaryClassification.High, Of(report, "output.score").Classification);
        Assert.Equal(CanaryClassification.Pass, Of(report, "latency.p99").Classification);
    }

    [Fact]
    public async Task Judge_AnswersThatOnlySpreadMore_AreSeen()
    {
        bench.Add(CanaryBench.Live, 20, Usual);
        bench.Add(CanaryBench.Candidate, 20, (i, random) => Usual(i, random) is var (latency, status, score) ? (latency, status, 0.5f + ((score - 0.5f) * 3)) : default);

        var report = await bench.JudgeAsync("output.score");

        Assert.Equal(CanaryClassification.Pass, Of(report, "output.score").Classification);
        Assert.Equal(CanaryClassification.High, Of(report, "output.score/spread").Classification);
        Assert.NotEqual(CanaryOutcome.Pass, report.Verdict.Outcome);
    }

    [Fact]
    public async Task Judge_RareErrorsOverNone_FailAlone()
    {
        bench.Add(CanaryBench.Live, 20, Usual);
        bench.Add(CanaryBench.Candidate, 20, (i, random) => Usual(i, random) is var (latency, _, score) ? (latency, i % 61 == 3 ? 503 : 200, score) : default);

        var report = await bench.JudgeAsync("latency.p50", "latency.p90", "latency.p99", "request.rate", "error.rate");

        Assert.Equal((CanaryOutcome.Fail, 0), (report.Verdict.Outcome, report.Verdict.Score));
        var errors = Of(report, "error.rate");
        Assert.True(errors.IsCritical);
        Assert.Equal((CanaryClassification.High, CanaryTest.Shares), (errors.Classification, errors.Test));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, 0)]
    [InlineData(0, 20)]
    public async Task Judge_ASideThatNobodyAsked_IsNeverGood(int live, int candidate)
    {
        bench.Add(CanaryBench.Live, live, Usual);
        bench.Add(CanaryBench.Candidate, candidate, Usual);

        var report = await bench.JudgeAsync("latency.p99", "error.rate", "request.rate");

        Assert.Equal(CanaryOutcome.Nodata, report.Verdict.Outcome);
        Assert.All(report.Verdict.Metrics, metric => Assert.Equal(CanaryClassification.Nodata, metric.Classification));
        Assert.Contains("not judged: latency.p99, error.rate, request.rate", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_RequestsBySharesOfTheTraffic_AreComparedAsIfEachHadAll()
    {
        bench.Add(CanaryBench.Live, 45, Usual);
        bench.Add(CanaryBench.Candidate, 5, Usual);

        var fair = await bench.JudgeAsync(CanaryBench.Scope() with { ControlShare = 0.9, ExperimentShare = 0.1 }, "request.rate");
        var unfair = await bench.JudgeAsync(CanaryBench.Scope(), "request.rate");

        Assert.Equal(CanaryOutcome.Pass, fair.Verdict.Outcome);
        Assert.Equal(5, Of(fair, "request.rate").Experiment.Mean);
        Assert.Equal(CanaryClassification.Low, Of(unfair, "request.rate").Classification);
    }

    [Fact]
    public async Task Judge_OnlyTheWindowAndBothGroups_Count()
    {
        bench.Add(CanaryBench.Live, 5, Usual);
        bench.Add(CanaryBench.Candidate, 5, Usual);
        for (var i = 0; i < 200; i++)
        {
            bench.Add(CanaryBench.Candidate, CanaryBench.Start - TimeSpan.FromSeconds(1 + i), 900_000, 500, 9, $"before{i}");
            bench.Add(CanaryBench.Candidate, CanaryBench.Start + TimeSpan.FromSeconds(600 + i), 900_000, 500, 9, $"after{i}");
            bench.Add(3, CanaryBench.Start + TimeSpan.FromSeconds(i), 900_000, 500, 9, $"other{i}");
            bench.Add(CanaryBench.Candidate, CanaryBench.Start + TimeSpan.FromSeconds(i), 900_000, 500, 9, $"shadow{i}", PredictionRole.Shadow, bench.Add(3, CanaryBench.Start, 1, 200, 0, "x"));
        }

        var report = await bench.JudgeAsync("latency.p99", "error.rate", "output.score");

        Assert.Equal(CanaryOutcome.Pass, report.Verdict.Outcome);
        Assert.Equal(0, Of(report, "error.rate").Experiment.Most);
    }

    [Fact]
    public async Task Judge_AUnitThatAsksAllTheTime_CountsOnce()
    {
        bench.Add(CanaryBench.Live, 20, Usual);
        bench.Add(CanaryBench.Candidate, 20, Usual);
        for (var i = 0; i < 3000; i++)
            bench.Add(CanaryBench.Candidate, CanaryBench.Start + TimeSpan.FromMilliseconds(i), 300, 200, 5, "bot");

        var report = await bench.JudgeAsync("output.score");

        Assert.Equal(1201, Of(report, "output.score").Experiment.Points);
        Assert.Equal(CanaryOutcome.Pass, report.Verdict.Outcome);
    }

    [Fact]
    public async Task Judge_AKpi_IsComputedForEachSideAlone()
    {
        bench.Project = new ProjectDefinition
        {
            Name = "p",
            Kpis = [new KpiDefinition { Name = "late", Sql = "avg(outcome.late)", Goal = new Threshold(ThresholdOperator.Below, 0.5), Window = TimeSpan.FromDays(7), By = ["unit"] }],
        };
        var live = bench.Add(CanaryBench.Live, 20, Usual);
        var candidate = bench.Add(CanaryBench.Candidate, 20, Usual);
        await bench.PostAsync([.. live.Select((id, i) => (id, i % 5 == 0)), .. candidate.Select((id, i) => (id, i % 3 != 0))]);

        var report = await bench.JudgeAsync("kpi.late");

        var kpi = Of(report, "kpi.late");
        Assert.Equal((CanaryClassification.High, CanaryDirection.Increase), (kpi.Classification, kpi.Direction));
        Assert.Equal(0.2, kpi.Control.Mean!.Value, 1e-9);
        Assert.InRange(kpi.Experiment.Mean!.Value, 0.6, 0.7);
    }

    [Fact]
    public async Task Judge_AMetricOfTheProjectsOwn_AsksForEachSide()
    {
        Define(new MetricDefinition { Name = "tail", Sql = "select time, latency_us as value from predictions where server_group = ${group} and service = ${service} and environment = ${environment} and time >= ${start} and time < ${end};", Direction = MetricDirection.Increase });
        bench.Add(CanaryBench.Live, 10, (_, _) => (1000, 200, 0));
        bench.Add(CanaryBench.Candidate, 10, (i, random) => (3000 + random.Next(5), 200, 0));

        var report = await bench.JudgeAsync("tail");

        Assert.Equal(CanaryClassification.High, Of(report, "tail").Classification);
        Assert.Equal(1000, Of(report, "tail").Control.Mean);
        Assert.Equal(60, Of(report, "tail").Control.Points);
    }

    [Theory]
    [InlineData("select time, nothing as value from predictions where server_group = ${group}", "nothing")]
    [InlineData("select time, 'x' as value from predictions where server_group = ${group}", "avg")]
    [InlineData("select 1 as value -- ${group}", "time")]
    [InlineData("select now() as time, 1 as value from read_csv('/etc/passwd') where ${group} <> ''", "read_csv")]
    [InlineData("select now() as time, 1 as value from '/etc/passwd' where ${group} <> ''", "/etc/passwd")]
    [InlineData("select time, 1 as value from predictions where server_group = ${group}) m; drop view predictions; select (1", "")]
    [InlineData("select time, error('no ' || ${group}) as value from predictions", "no late-prod-v001")]
    public async Task Judge_AQueryThatFails_IsAnErrorOfItsMetricAndNeverGood(string sql, string named)
    {
        Define(new MetricDefinition { Name = "own", Sql = sql, Group = "own" });
        bench.Add(CanaryBench.Live, 10, Usual);
        bench.Add(CanaryBench.Candidate, 10, Usual);

        var report = await bench.JudgeAsync("own", "latency.p50");

        var own = Of(report, "own");
        Assert.Equal(CanaryClassification.Error, own.Classification);
        Assert.Contains(named, own.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(CanaryClassification.Pass, Of(report, "latency.p50").Classification);
        Assert.Equal(CanaryOutcome.Nodata, report.Verdict.Outcome);
    }

    [Fact]
    public async Task Judge_AFieldThatThereIsNot_IsAnError()
    {
        bench.Add(CanaryBench.Live, 10, Usual);
        bench.Add(CanaryBench.Candidate, 10, Usual);

        var report = await bench.JudgeAsync("output.scroe");

        Assert.Equal(CanaryClassification.Error, Of(report, "output.scroe").Classification);
        Assert.Contains("output.scroe", Of(report, "output.scroe").Reason, StringComparison.Ordinal);
        Assert.NotEqual(CanaryOutcome.Pass, report.Verdict.Outcome);
    }

    [Fact]
    public async Task Judge_TheSameRequestsOfAShadow_AreComparedInPairs()
    {
        var live = bench.Add(CanaryBench.Live, 5, Usual);
        var random = new Random(3);
        // Fifty microseconds more, in a variation of hundreds.
        bench.Add(CanaryBench.Candidate, 5, (i, _) => Usual(i, new Random(i)) is var (latency, status, score) ? (latency, status, score) : default, role: PredictionRole.Shadow, shadowOf: live);

        var report = await bench.JudgeAsync(CanaryBench.Scope(isShadow: true), "paired.output.score", "paired.agreement.score", "paired.errors");

        Assert.All(report.Verdict.Metrics.Take(2), metric => Assert.Equal(300, metric.Control.Points));
        Assert.Equal(CanaryTest.SignedRank, Of(report, "paired.output.score").Test);
        var pairs = report.Pairs.Single(pair => pair.Metric == "paired.output.score");
        Assert.Equal(300, pairs.Pairs);
        Assert.InRange(pairs.Agreement, 0, 0.1);
        Assert.True(pairs.Largest > 0);
    }

    [Fact]
    public async Task Judge_PairsThatDifferByLittle_FindWhatSamplesCannot()
    {
        // Latencies vary from request to request by hundreds, and the shadow always takes forty more.
        (int Latency, int Status, float Score) Live(int i, Random random) => (1000 + (i * 7919 % 800), 200, 0.25f);
        var live = bench.Add(CanaryBench.Live, 5, Live);
        bench.Add(CanaryBench.Candidate, 5, (i, random) => (1000 + (i * 7919 % 800) + 200 + (i % 3), 200, 0.25f), role: PredictionRole.Shadow, shadowOf: live);

        var report = await bench.JudgeAsync(CanaryBench.Scope(isShadow: true), "paired.latency", "paired.agreement.score");

        Assert.Equal(CanaryClassification.High, Of(report, "paired.latency").Classification);
        Assert.InRange(Of(report, "paired.latency").Estimate!.Value, 0.2, 0.203);
        Assert.Equal(CanaryClassification.Pass, Of(report, "paired.agreement.score").Classification);
        Assert.Equal(1, report.Pairs.Single(pair => pair.Metric == "paired.agreement.score").Agreement);
    }

    [Fact]
    public async Task Judge_WhatHostsReport_IsComparedToo()
    {
        for (var i = 0; i <= 120; i++)
            bench.Samples.Take([Host(i)], CanaryBench.Start + TimeSpan.FromSeconds(5 * i));

        var report = await bench.JudgeAsync("queue", "shed.rate");

        Assert.Equal(CanaryClassification.High, Of(report, "queue").Classification);
        Assert.Equal(CanaryClassification.High, Of(report, "shed.rate").Classification);
        Assert.Equal(0, Of(report, "shed.rate").Control.Mean);
        Assert.InRange(Of(report, "shed.rate").Experiment.Mean!.Value, 0.09, 0.1);

        static HostReport Host(int i) => new()
        {
            ProcessId = 1,
            Url = "http://localhost:1",
            StartedAt = CanaryBench.Start,
            AppliedVersion = 1,
            Answered = 0,
            Captured = 0,
            CaptureLost = 0,
            Groups =
            [
                new ServerGroupReport { ServerGroup = CanaryBench.Group(CanaryBench.Live), Answered = i * 100L, Errors = 0, Shed = 0, Waiting = i % 2 },
                new ServerGroupReport { ServerGroup = CanaryBench.Group(CanaryBench.Candidate), Answered = i * 100L, Errors = 0, Shed = i * 10L, Waiting = 20 + (i % 3) },
            ],
        };
    }

    [Fact]
    public async Task Check_AVerdictFromItsPoints_IsTheSameAndThatOfTheJudgeAlone()
    {
        bench.Add(CanaryBench.Live, 20, Usual);
        bench.Add(CanaryBench.Candidate, 20, (i, random) => Usual(i, random) is var (latency, status, score) ? (latency + (i % 2 * 50), status, score * 1.05f) : default);
        var made = await bench.JudgeAsync(Everything);

        var report = await bench.Desk.FindAsync(made.Number, Token);
        var check = await bench.Desk.CheckAsync(report, Token);
        var points = await bench.Desk.ReadSeriesAsync(report, Token);
        var alone = CanaryJudge.Judge(report.Config, points, report.Verdict.Window);

        Assert.True(check.IsSame);
        Assert.Equal((alone.Outcome, alone.Score), (report.Verdict.Outcome, report.Verdict.Score));
        Assert.Equal(alone.Metrics.Select(metric => metric.Estimate), report.Verdict.Metrics.Select(metric => metric.Estimate));
        Assert.Equal(made.Series, report.Series);
        // Rows are drawn by a seed: the same look at the same predictions sees the same.
        Assert.Equal(made.Series, (await bench.JudgeAsync(Everything)).Series);
    }

    [Fact]
    public async Task List_OfEnvironmentRolloutOrExecution_IsNewestFirst()
    {
        bench.Add(CanaryBench.Live, 1, Usual);
        bench.Add(CanaryBench.Candidate, 1, Usual);
        var plan = Monitoring.Canaries.Settings.AnalysisPlanner.Plan(bench.Project, ["error.rate"], TimeSpan.FromMinutes(10), ["late"], isShadow: false);
        foreach (var (rollout, execution, key) in new (int?, int?, string?)[] { (7, null, null), (null, 3, "k"), (7, null, null), (null, 3, "k") })
            await bench.Desk.JudgeAsync(new CanaryOrder { Scope = CanaryBench.Scope(), Plan = plan, Rollout = rollout, Execution = execution, Key = key }, Token);

        Assert.Equal([3, 2, 1], (await bench.Desk.ListAsync(new CanaryFilter(), Token)).Select(report => report.Number));
        Assert.Equal([3, 1], (await bench.Desk.ListAsync(new CanaryFilter { Rollout = 7 }, Token)).Select(report => report.Number));
        // The same key is the same look.
        Assert.Equal([2], (await bench.Desk.ListAsync(new CanaryFilter { Execution = 3, Environment = "prod" }, Token)).Select(report => report.Number));
        Assert.Empty(await bench.Desk.ListAsync(new CanaryFilter { Environment = "stage" }, Token));
        Assert.Contains("canary '9'", (await Assert.ThrowsAsync<FairleadException>(() => bench.Desk.FindAsync(9, Token))).Message, StringComparison.Ordinal);
    }

    private void Define(params MetricDefinition[] metrics) => bench.Project = new ProjectDefinition { Name = "p", Metrics = metrics };

    private static (int Latency, int Status, float Score) Usual(int i, Random random) =>
        (300 + (int)(200 * random.NextDouble()), 200, 0.5f + (float)((random.NextDouble() + random.NextDouble() - 1) * 0.4));

    private static string NameOf(CanaryMetricVerdict metric) => metric.Name + (metric.Tags is { } tags ? "/" + tags : "");

    private static CanaryMetricVerdict Of(CanaryReport report, string name) => report.Verdict.Metrics.Single(metric => NameOf(metric) == name);
}
