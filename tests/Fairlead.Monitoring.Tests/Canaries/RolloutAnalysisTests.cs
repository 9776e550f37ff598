using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Monitoring.Canaries;
using Fairlead.Monitoring.Canaries.Rollouts;
using Fairlead.Monitoring.Tests.Kpis;

namespace Fairlead.Monitoring.Tests.Canaries;

public sealed class RolloutAnalysisTests : IAsyncDisposable
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);
    private readonly CanaryBench bench = new();
    private readonly FixedWorkspace workspace = new();
    private readonly RolloutAnalysis analysis;

    public RolloutAnalysisTests() => analysis = new RolloutAnalysis(bench.Desk, workspace);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Judge_AGoodCandidate_GoesOnAtTheEndOnly()
    {
        bench.Add(CanaryBench.Live, 10, Usual);
        bench.Add(CanaryBench.Candidate, 10, Usual);
        var rollout = await RolloutAsync("latency.p50", "error.rate");

        var early = await AskAsync(rollout, TimeSpan.FromMinutes(4));
        var last = await AskAsync(rollout, Hold);

        Assert.Equal((RolloutAdvice.Wait, TimeSpan.FromMinutes(6)), (early.Advice, early.Again));
        Assert.Contains("is good so far (canary 1)", early.Reason, StringComparison.Ordinal);
        Assert.Equal(RolloutAdvice.GoOn, last.Advice);
        Assert.Contains("'late-prod-v002' beside 'late-prod-v001' is good (canary 2)", last.Reason, StringComparison.Ordinal);
        var report = await bench.Desk.FindAsync(2, Token);
        Assert.Equal((12, 0, 5, 5), (report.Rollout, report.Step, report.Verdict.Window.Look, report.Verdict.Window.Looks));
    }

    [Fact]
    public async Task Judge_ABlatantlyBadCandidate_IsAbortedEarly()
    {
        bench.Add(CanaryBench.Live, 10, Usual);
        bench.Add(CanaryBench.Candidate, 10, (i, random) => Usual(i, random) is var (latency, _, score) ? (latency, i % 3 == 0 ? 500 : 200, score) : default);
        var rollout = await RolloutAsync("latency.p50", "error.rate");

        var verdict = await AskAsync(rollout, TimeSpan.FromMinutes(6));

        Assert.Equal(RolloutAdvice.Abort, verdict.Advice);
        Assert.Contains("error.rate", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_WithoutTraffic_WaitsAndIsNeverGood()
    {
        bench.Add(CanaryBench.Live, 10, Usual);
        var rollout = await RolloutAsync("latency.p50", "error.rate");

        foreach (var held in new[] { TimeSpan.FromMinutes(2), Hold, 2 * Hold })
            Assert.Equal(RolloutAdvice.Wait, (await AskAsync(rollout, held)).Advice);
        Assert.Equal("The first look is still to come.", (await AskAsync(rollout, TimeSpan.FromMinutes(1))).Reason);
    }

    [Theory]
    [InlineData("fairlead", RolloutAdvice.Wait)]
    [InlineData("kayenta", RolloutAdvice.Wait)]
    public async Task Judge_ErrorsOfEveryMetric_AreNotGoodByAnyJudge(string judge, RolloutAdvice advice)
    {
        workspace.Project = workspace.Project with
        {
            Analysis = new AnalysisDefinition { Judge = judge },
            Metrics = [new MetricDefinition { Name = "own", Sql = "select nothing from ${group}" }],
        };
        bench.Add(CanaryBench.Live, 10, Usual);
        bench.Add(CanaryBench.Candidate, 10, Usual);
        var rollout = await RolloutAsync("own");

        Assert.Equal(advice, (await AskAsync(rollout, Hold)).Advice);
    }

    [Fact]
    public async Task Judge_ABaseline_IsComparedWithInPlaceOfWhatIsLive()
    {
        bench.Add(CanaryBench.Live, 10, (i, random) => Usual(i, random) is var (latency, status, score) ? (latency / 2, status, score) : default);
        bench.Add(CanaryBench.Candidate, 10, Usual);
        bench.Add(3, 10, Usual);
        var rollout = await RolloutAsync("latency.p50", "request.rate");
        rollout = rollout with
        {
            Targets = [rollout.Targets[0] with { Baseline = CanaryBench.Group(3) }],
            Steps = [new RolloutStep([new StepShare { Service = "late", Weight = new Weight(1000), Baseline = new Weight(1000) }], Hold), rollout.Steps[1]],
        };

        Assert.Equal(RolloutAdvice.GoOn, (await AskAsync(rollout, Hold)).Advice);
        Assert.Equal(CanaryBench.Group(3), (await bench.Desk.FindAsync(1, Token)).Control);
    }

    [Fact]
    public async Task Judge_NothingToCompareWith_GoesOn()
    {
        var rollout = await RolloutAsync("error.rate");

        var verdict = await AskAsync(rollout with { Targets = [rollout.Targets[0] with { Stable = null }] }, Hold);

        Assert.Equal((RolloutAdvice.GoOn, "There is nothing to compare it with."), (verdict.Advice, verdict.Reason));
    }

    [Fact]
    public async Task Plan_WithoutMetrics_IsNone_AndTheFileOfThenHolds()
    {
        Assert.Null(await analysis.PlanAsync("prod", Canary(), ["late"], Token));
        workspace.Project = workspace.Project with { Metrics = [new MetricDefinition { Name = "error.rate", Critical = false }] };

        var rollout = await RolloutAsync("error.rate");
        workspace.Project = new ProjectDefinition { Name = "p" };

        Assert.False(rollout.Analysis!.Metrics[0].Critical);
        await Assert.ThrowsAsync<FairleadException>(() => analysis.PlanAsync("prod", Canary("eror.rate"), ["late"], Token));
    }

    private static (int Latency, int Status, float Score) Usual(int i, Random random) => (300 + (int)(200 * random.NextDouble()), 200, (float)random.NextDouble());

    private static Strategy Canary(params string[] metrics) => new() { Kind = StrategyKind.Canary, Each = Hold, Analyse = metrics };

    private Task<RolloutVerdict> AskAsync(Rollout rollout, TimeSpan held) => analysis.JudgeAsync(new RolloutQuestion(rollout, CanaryBench.Start, CanaryBench.Start + held), Token);

    private async Task<Rollout> RolloutAsync(params string[] metrics) => new()
    {
        Number = 12,
        Key = "k",
        Kind = RolloutKind.Deployment,
        Environment = "prod",
        Release = new ReleaseName(2),
        Strategy = Canary(metrics),
        Targets = [new RolloutTarget { Service = "late", Candidate = CanaryBench.Group(CanaryBench.Candidate), Stable = CanaryBench.Group(CanaryBench.Live), Before = [new GroupShare(CanaryBench.Group(CanaryBench.Live), Weight.All, null)] }],
        Steps = [new RolloutStep([new StepShare { Service = "late", Weight = new Weight(5000) }], Hold), new RolloutStep([new StepShare { Service = "late", Weight = Weight.All }], TimeSpan.Zero)],
        Phase = RolloutPhase.Holding,
        IsJudged = true,
        Analysis = await analysis.PlanAsync("prod", Canary(metrics), ["late"], Token),
        StartedAt = CanaryBench.Start,
        StartedBy = "ada",
    };
}
