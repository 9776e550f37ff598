using System.Net;
using Fairlead.Monitoring.Experiments;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class ExperimentPagesTests
{
    [Fact]
    public async Task Page_OfARunningExperiment_TellsItsNumbers()
    {
        var page = await RenderedPage.OfAsync<ExperimentPage>(ExperimentView.Of(ExperimentSamples.Running(), PageSamples.Now));

        Assert.Equal("calmer running", page.QuerySelector("h1").Text());
        Assert.Contains("Something is wrong.", page.QuerySelector("[role=alert]").Text());
        var rows = page.QuerySelectorAll("section[aria-labelledby=metric-0] tbody tr").Select(row => row.Text()).ToList();
        Assert.Equal("late-prod-v001 990 0.3 ± 0.01", rows[0]);
        Assert.Equal("late-prod-v002 1,002 0.33 ± 0.01 +10.00 % +0.66 % … +19.34 % 0.0312 0.011 … 0.049 higher", rows[1]);
        Assert.Contains("guardrail <= +5%", page.GetElementById("metric-1").Text());
        Assert.Contains("31 % off the variance", page.QuerySelector("section[aria-labelledby=metric-0] caption").Text());
        Assert.Single(page.QuerySelectorAll("svg.chart[role=img][aria-label]"));
        Assert.Contains("'x'", page.QuerySelector(".title").Text());
    }

    [Fact]
    public void View_WithoutAReport_SaysSo()
    {
        var view = ExperimentView.Of(ExperimentSamples.Fresh(), PageSamples.Now);

        Assert.Empty(view.Metrics);
        Assert.Null(view.MeasuredAt);
        Assert.Null(view.End);
        Assert.Contains(view.Plan, fact => fact.Value.Contains("40 days", StringComparison.Ordinal));
    }

    [Fact]
    public void View_OfAnAbortedExperiment_TellsWhy()
    {
        var experiment = ExperimentSamples.Running() with { Status = ExperimentStatus.Aborted, EndedAt = PageSamples.Now, EndedBy = "eve", Reason = "its traffic was rolled back to late-prod-v001" };

        Assert.Equal("Ended 2026-03-02 12:00:00Z by eve: its traffic was rolled back to late-prod-v001.", ExperimentView.Of(experiment, PageSamples.Now).End);
    }

    [Fact]
    public async Task Pages_WithoutExperiments_AreThere()
    {
        await using var server = await PageServer.StartAsync();

        var (status, list) = await server.GetAsync("/experiments");
        var (missing, error) = await server.GetAsync("/experiments/nothing");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("No experiments yet", list.QuerySelector("main").Text());
        Assert.Equal(HttpStatusCode.NotFound, missing);
        Assert.Contains("'nothing'", error.QuerySelector("main").Text());
    }

    [Fact]
    public void Chart_OfIntervalsThatCloseIn_StaysInItsFrame()
    {
        var points = Enumerable.Range(1, 30).Select(i => new ChartPoint(PageSamples.Now.AddHours(i), 1, 1 - (50.0 / i), 1 + (50.0 / i))).ToList();

        var chart = ChartView.Of("x", points, value => value.ToString("0.#"), reference: 0)!;

        Assert.All(Coordinates(chart.Line).Concat(Coordinates(chart.Band)), at =>
        {
            Assert.InRange(at.X, ChartView.Left, ChartView.Width - ChartView.Right);
            Assert.InRange(at.Y, ChartView.Top, ChartView.Height - ChartView.Bottom);
        });
        Assert.InRange(chart.ValueTicks.Count, 2, 6);
        Assert.Equal(2, chart.TimeTicks.Count);
        Assert.NotNull(chart.Reference);
    }

    [Fact]
    public void Chart_OfOnePointOrNone_IsADotOrNothing()
    {
        Assert.Null(ChartView.Of("x", [new ChartPoint(PageSamples.Now, null)], value => ""));
        var chart = ChartView.Of("x", [new ChartPoint(PageSamples.Now, 3)], value => "")!;
        Assert.EndsWith("h0", chart.Line);
        Assert.Equal("", chart.Band);
        Assert.Single(chart.TimeTicks);
    }

    private static IEnumerable<(double X, double Y)> Coordinates(string path) => path
        .Split(['M', 'L', 'Z'], StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split(' '))
        .Select(pair => (double.Parse(pair[0]), double.Parse(pair[1])));
}
