using System.Net;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Alerts;
using Fairlead.Monitoring.Kpis;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class MonitoringPagesTests
{
    private static readonly AlertRule Slow = new() { Name = "slow", Metric = "latency.p99", Condition = new Threshold(ThresholdOperator.Above, 50), For = TimeSpan.FromMinutes(5), Severity = AlertSeverity.Page };

    [Fact]
    public async Task KpisPage_OfAValue_TellsIntervalAndVerdict()
    {
        var page = await RenderedPage.OfAsync<KpisPage>(KpisView.Of([Series()]));

        Assert.Equal("caught late prod 0.41 0.4 … 0.42 >= 0.5 missed 1,200", page.QuerySelector("tbody tr").Text());
        Assert.Equal("/kpis/caught", page.QuerySelector("tbody a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task KpiPage_WithAHistory_DrawsTheServiceAndItsServerGroups()
    {
        var page = await RenderedPage.OfAsync<KpiPage>(KpiView.Of(Series(), PageSamples.Now));

        Assert.Equal(2, page.QuerySelectorAll("svg.chart[role=img][aria-label]").Length);
        Assert.Contains("late-prod-v002", page.QuerySelector("main").Text());
        Assert.Contains("still to come", page.QuerySelector("[role=note]").Text());
    }

    [Fact]
    public async Task Overview_OfGoals_TellsTheMissedFirstAndCounts()
    {
        var missed = Series();
        var met = missed with
        {
            Definition = missed.Definition with { Name = "answered" },
            Current = missed.Current! with { Values = [new KpiValue { Environment = "prod", Service = "late", Value = 0.9, Rows = 100, Verdict = KpiVerdict.Met }] },
        };
        var watched = missed with { Definition = missed.Definition with { Name = "watched", Goal = null } };
        var page = await RenderedPage.OfAsync<OverviewPage>(PageSamples.Overview() with { Goals = GoalRows.Of([met, watched, missed]) });

        var table = page.QuerySelector("section[aria-labelledby=goals]")!;
        Assert.Equal("1 missed; 1 met", table.QuerySelector("caption").Text());
        Assert.Equal(["caught", "answered"], table.QuerySelectorAll("tbody th").Select(row => row.Text()));
        Assert.Equal("/kpis/caught", table.QuerySelector("tbody a")!.GetAttribute("href"));
        Assert.Null((await RenderedPage.OfAsync<OverviewPage>(PageSamples.Overview())).QuerySelector("#goals"));
    }

    [Fact]
    public void KpisView_OfWhatCannotBeComputed_SaysWhy()
    {
        var series = Series() with { History = [] };
        var view = KpisView.Of([series with { Current = series.Current! with { Problem = "It cannot be.", Values = [] } }]);

        Assert.Equal(["It cannot be."], view.Problems);
        Assert.Equal("–", Assert.Single(view.Rows).Value);
    }

    [Fact]
    public async Task AlertsPage_OfAllStates_TellsThem()
    {
        var silence = new AlertSilence("slow", "load test", "eve", PageSamples.Now, PageSamples.Now + TimeSpan.FromHours(2));
        var page = await RenderedPage.OfAsync<AlertsPage>(AlertsView.Of(
            [Firing() with { Silence = silence }, new AlertReport { Rule = Slow with { Name = "fine" }, States = [] }, new AlertReport { Rule = Slow with { Name = "odd" }, States = [], Problem = "No such metric." }], PageSamples.Now));

        var rows = page.QuerySelectorAll("tbody tr").Select(row => row.Text()).ToList();
        Assert.StartsWith("slow firing late/prod latency.p99 > 50 for 5 min 00 s page 61.5", rows[0], StringComparison.Ordinal);
        Assert.Contains("silenced until 2026-03-02 14:00Z by eve: load test", rows[0]);
        Assert.StartsWith("fine fine", rows[1], StringComparison.Ordinal);
        Assert.EndsWith("No such metric.", rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_OfAProjectThatCannotBeRead_SayWhy()
    {
        await using var server = await PageServer.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await server.GetAsync("/kpis")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await server.GetAsync("/alerts")).Status);
    }

    internal static AlertReport Firing() => new()
    {
        Rule = Slow,
        States = [new AlertState { Rule = "slow", Target = "late/prod", Phase = AlertPhase.Firing, Value = 61.5, EvaluatedAt = PageSamples.Now, FiredAt = PageSamples.Now - TimeSpan.FromMinutes(3) }],
    };

    internal static KpiSeries Series() => new()
    {
        Definition = new KpiDefinition { Name = "caught", Sql = "avg(outcome.late)", Goal = new Threshold(ThresholdOperator.AtLeast, 0.5) },
        Current = Point(0) with { IsProvisional = true },
        History = [Point(2), Point(1)],
    };

    private static KpiPoint Point(int daysAgo)
    {
        var until = PageSamples.Now - TimeSpan.FromDays(daysAgo);
        var whole = new KpiValue { Environment = "prod", Service = "late", Value = 0.41, Low = 0.4, High = 0.42, Rows = 1200, Verdict = KpiVerdict.Missed };
        return new KpiPoint
        {
            Kpi = "caught", Sql = "avg(outcome.late)", From = until - TimeSpan.FromDays(1), Until = until, ComputedAt = until,
            Values = [whole, whole with { ServerGroup = "late-prod-v002" }, whole with { By = "input.origin", Segment = "SFO" }],
        };
    }
}
