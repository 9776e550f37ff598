using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Canaries;
using Fairlead.Monitoring.Canaries.Settings;

namespace Fairlead.Monitoring.Tests.Canaries;

public sealed class LookScheduleTests
{
    private static readonly ProjectDefinition Project = new()
    {
        Name = "p",
        Kpis = [new KpiDefinition { Name = "ontime", Sql = "avg(1)" }, new KpiDefinition { Name = "other", Sql = "avg(1)", Service = "other" }],
        Metrics = [new MetricDefinition { Name = "own", Sql = "select ${group}" }, new MetricDefinition { Name = "latency.p99", Critical = true }],
    };

    [Theory]
    [InlineData(10, 1, null)]
    [InlineData(39, 1, null)]
    [InlineData(60, 1, 12)]
    [InlineData(900, 15, 180)]
    [InlineData(3600, 60, 720)]
    [InlineData(86400, 60, 17280)]
    public void Plan_WhereNothingIsSaid_HasSixtyPointsAndFiveLooks(int hold, int step, int? interval)
    {
        var plan = AnalysisPlanner.Plan(Project, ["error.rate"], TimeSpan.FromSeconds(hold), ["late"], isShadow: false);

        Assert.Equal((TimeSpan.FromSeconds(step), interval is { } seconds ? TimeSpan.FromSeconds(seconds) : null), (plan.Step, plan.Interval));
    }

    [Fact]
    public void Windows_OfFiveLooks_GrowAndTheLastSeesWhatCameSince()
    {
        var hold = TimeSpan.FromSeconds(60);
        var plan = AnalysisPlanner.Plan(Project, ["error.rate"], hold, ["late"], isShadow: false);

        Assert.Null(CanaryLooks.WindowAt(plan, hold, CanaryBench.Start, TimeSpan.FromSeconds(11)));
        var first = CanaryLooks.WindowAt(plan, hold, CanaryBench.Start, TimeSpan.FromSeconds(13))!;
        Assert.Equal((1, 5, CanaryBench.Start, 12), (first.Look, first.Looks, first.Start, first.ExpectedPoints));
        Assert.Equal((3, 36), (CanaryLooks.WindowAt(plan, hold, CanaryBench.Start, TimeSpan.FromSeconds(47)) is { } third ? (third.Look, third.ExpectedPoints) : default));
        var last = CanaryLooks.WindowAt(plan, hold, CanaryBench.Start, TimeSpan.FromSeconds(75.5))!;
        Assert.Equal((5, 5, 75), (last.Look, last.Looks, last.ExpectedPoints));
        Assert.Equal([12, 24, 36, 48, 60, 60], Enumerable.Range(0, 6).Select(look => (int)CanaryLooks.DueAfter(plan, hold, look).TotalSeconds));
    }

    [Fact]
    public void Windows_WithLookBackAndWarmUp_Slide()
    {
        var definition = new AnalysisDefinition { Interval = TimeSpan.FromSeconds(10), LookBack = TimeSpan.FromSeconds(20), WarmUp = TimeSpan.FromSeconds(30), Step = TimeSpan.FromSeconds(1) };
        var hold = TimeSpan.FromSeconds(90);
        var plan = AnalysisPlanner.Plan(Project with { Analysis = definition }, ["error.rate"], hold, ["late"], isShadow: false);

        Assert.Null(CanaryLooks.WindowAt(plan, hold, CanaryBench.Start, TimeSpan.FromSeconds(39)));
        var fourth = CanaryLooks.WindowAt(plan, hold, CanaryBench.Start, TimeSpan.FromSeconds(71))!;
        Assert.Equal((4, 6, true, 50, 70), (fourth.Look, fourth.Looks, fourth.IsSliding, Seconds(fourth.Start), Seconds(fourth.End)));
        var late = CanaryLooks.WindowAt(plan, hold, CanaryBench.Start, TimeSpan.FromSeconds(101))!;
        Assert.Equal((6, 81, 101), (late.Look, Seconds(late.Start), Seconds(late.End)));
        Assert.Equal([40, 50, 60, 70, 80, 90], Enumerable.Range(0, 6).Select(look => (int)CanaryLooks.DueAfter(plan, hold, look).TotalSeconds));

        static int Seconds(DateTimeOffset at) => (int)(at - CanaryBench.Start).TotalSeconds;
    }

    [Theory]
    [InlineData("latency.p98", "")]
    [InlineData("latency.99", "did you mean 'latency.p99'?")]
    [InlineData("eror.rate", "did you mean 'error.rate'?")]
    [InlineData("kpi.ontme", "did you mean 'kpi.ontime'?")]
    [InlineData("kpi.other", "which is not compared")]
    [InlineData("owm", "did you mean 'own'?")]
    [InlineData("paired.latency", "only a shadow gives")]
    public void Plan_AMetric_IsResolvedOrRefusedWithACure(string name, string cure)
    {
        if (cure.Length == 0)
            Assert.Equal(name, Assert.Single(AnalysisPlanner.Plan(Project, [name, name], TimeSpan.FromMinutes(1), ["late"], isShadow: false).Metrics).Name);
        else
            Assert.Contains(cure, Refused([name], 60, null), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_TooShortATime_SaysHowLong()
    {
        Assert.Contains("give 'each' at least 8s", Refused(["error.rate"], 5, null), StringComparison.Ordinal);
        Assert.Contains("no time at each step", Refused(["error.rate"], 0, null), StringComparison.Ordinal);
        Assert.Contains("give 'each' at least 38s", Refused(["error.rate"], 30, new AnalysisDefinition { WarmUp = TimeSpan.FromSeconds(30) }), StringComparison.Ordinal);
        Assert.Contains("name metrics", Refused([], 60, null), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_WhatTheFileSays_GoesBeforeWhatIsUsual()
    {
        var plan = AnalysisPlanner.Plan(Project, ["latency.p99", "latency.p50", "error.rate"], TimeSpan.FromMinutes(1), ["late"], isShadow: false);
        var config = CanaryConfigs.Of(plan);

        Assert.Equal([true, false, true], config.Metrics.Select(metric => metric.Analysis.Critical));
        Assert.Equal(["latency", "latency", "errors"], config.Metrics.Select(metric => metric.Groups![0]));
        Assert.Equal(1.1, config.Metrics[0].Analysis.EffectSize!.AllowedIncrease);
        Assert.Equal((90, 50), (config.Thresholds.Pass, config.Thresholds.Marginal));
    }

    private static string Refused(IReadOnlyList<string> names, int seconds, AnalysisDefinition? definition) =>
        Assert.Throws<FairleadException>(() => AnalysisPlanner.Plan(Project with { Analysis = definition }, names, TimeSpan.FromSeconds(seconds), ["late"], isShadow: false)).Message;
}
