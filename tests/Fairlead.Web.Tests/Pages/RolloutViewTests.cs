using Fairlead.Domain.Deployments;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class RolloutViewTests
{
    [Theory]
    [InlineData(0, 0, "not reached not reached")]
    [InlineData(0, 1, "cut short not reached")]
    [InlineData(1, 2, "done cut short")]
    [InlineData(1, 1, "done not reached")]
    public void Steps_OfARolloutThatEndedEarly_SayWhichHadTraffic(int step, int shifts, string expected)
    {
        var rollout = DeliverySamples.Rollout(RolloutOutcome.Superseded) with
        {
            Step = step,
            History = [.. Enumerable.Range(0, shifts).Select(i => new RolloutEntry(PageSamples.Now.AddSeconds(i), "takes", new Weight(100 * (i + 1))))],
        };

        Assert.Equal(expected, string.Join(' ', RolloutView.Of(rollout, [], [], canChange: false, PageSamples.Now).Steps.Select(row => row.Status.Text)));
    }

    [Theory]
    [InlineData(14, "08:00:00Z", "08:00:14Z")]
    [InlineData(3600, "08:00Z", "09:00Z")]
    public void Chart_OfAShortTime_HasSeconds(int seconds, string first, string last)
    {
        var start = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        var chart = ChartView.Of("x", [new ChartPoint(start, 1, null, null), new ChartPoint(start.AddSeconds(seconds), 2, null, null)], value => $"{value}")!;

        Assert.Equal(["2026-03-01 " + first, "2026-03-01 " + last], chart.TimeTicks.Select(tick => tick.Text));
    }
}
