using Fairlead.Statistics.Canary;
using static Fairlead.Statistics.Tests.Canary.Canaries;

namespace Fairlead.Statistics.Tests.Canary;

public sealed class CanaryPlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly double[] Noisy = [10, 12, 9, 11, 13, 8, 10.5, 11.5, 9.5, 12.5];

    [Theory]
    [InlineData(180, 60, 3)]
    [InlineData(180, 50, 3)]
    [InlineData(180, 0, 1)]
    [InlineData(180, 500, 1)]
    [InlineData(180, null, 1)]
    public void Looks_AreTheWholeIntervalsOfTheLifetime(int lifetime, int? interval, int expected) =>
        Assert.Equal(expected, new CanaryPlan(Minutes(lifetime), interval is { } minutes ? Minutes(minutes) : null).Looks);

    [Fact]
    public void Windows_WithoutLookBack_GrowFromTheEndOfTheWarmUp()
    {
        var windows = new CanaryPlan(Minutes(180), Minutes(60), WarmUp: Minutes(10)).Windows(Start);
        Assert.Equal(
            [new CanaryWindow(Start + Minutes(10), Start + Minutes(70), Minutes(1), 1, 3), new CanaryWindow(Start + Minutes(10), Start + Minutes(130), Minutes(1), 2, 3), new CanaryWindow(Start + Minutes(10), Start + Minutes(190), Minutes(1), 3, 3)],
            windows);
        Assert.Equal([60, 120, 180], windows.Select(window => window.ExpectedPoints));
    }

    [Fact]
    public void Windows_WithLookBack_SlideAndNeverReachIntoTheWarmUp()
    {
        var windows = new CanaryPlan(Minutes(180), Minutes(60), Minutes(90), Minutes(10)).Windows(Start);
        Assert.Equal([Minutes(10), Minutes(40), Minutes(100)], windows.Select(window => window.Start - Start));
        Assert.All(windows, window => Assert.True(window.IsSliding));
    }

    [Fact]
    public void ControlOf_Offset_LiesEarlier()
    {
        var plan = new CanaryPlan(Minutes(60), BaselineOffset: TimeSpan.FromDays(7));
        Assert.Equal(Start - TimeSpan.FromDays(7), plan.ControlOf(plan.Windows(Start)[0]).Start);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(-5, 60)]
    [InlineData(60, -1)]
    [InlineData(30_000_000, 1)]
    public void Refuse_PlanThatCannotBeFollowed_SaysWhy(int lifetime, int interval)
    {
        var plan = new CanaryPlan(Minutes(lifetime), Minutes(interval));
        Assert.NotNull(plan.Refuse());
        Assert.Throws<InvalidOperationException>(() => plan.Windows(Start));
    }

    [Theory]
    [InlineData("fairlead", CanaryOutcome.Pass, 100, CanaryStep.Continue, CanaryStep.Pass)]
    [InlineData("fairlead", CanaryOutcome.Marginal, 60, CanaryStep.Continue, CanaryStep.Fail)]
    [InlineData("fairlead", CanaryOutcome.Nodata, 0, CanaryStep.Continue, CanaryStep.Fail)]
    [InlineData("fairlead", CanaryOutcome.Fail, 10, CanaryStep.Fail, CanaryStep.Fail)]
    [InlineData("kayenta", CanaryOutcome.Marginal, 60, CanaryStep.Continue, CanaryStep.Fail)]
    [InlineData("kayenta", CanaryOutcome.Marginal, 50, CanaryStep.Fail, CanaryStep.Fail)]
    [InlineData("kayenta", CanaryOutcome.Pass, 75, CanaryStep.Continue, CanaryStep.Pass)]
    public void Decision_ByTheVerdict_IsAnotherInTheMiddleThanAtTheEnd(string judge, CanaryOutcome outcome, double score, CanaryStep middle, CanaryStep end)
    {
        var config = Config(judge, new CanaryAnalysis());
        var plan = new CanaryPlan(Minutes(120), Minutes(60));
        var good = CanaryJudge.Judge(config, [Series("m0", Noisy, Noisy)], CanaryWindow.OfPoints(10));
        var verdict = good with { Outcome = outcome, Score = score };
        Assert.Equal(middle, CanaryDecision.Of(config, plan, [verdict]).Step);
        Assert.Equal(end, CanaryDecision.Of(config, plan, [good, verdict]).Step);
        Assert.Equal(CanaryStep.Continue, CanaryDecision.Of(config, plan, []).Step);
    }

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);
}
