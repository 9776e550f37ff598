using Fairlead.Domain.Deployments;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class OverviewPageTests
{
    [Fact]
    public async Task Overview_OfAProject_ShowsWhatIsLiveWhere()
    {
        var page = await RenderedPage.OfAsync<OverviewPage>(PageSamples.Overview());

        var rows = page.QuerySelectorAll(".matrix tbody tr");
        Assert.Equal(["stage", "prod", "acme"], rows.Select(row => row.QuerySelector("th").Text()));
        Assert.Equal(["Environment", "late", "briefing"], page.QuerySelectorAll(".matrix thead th").Select(header => header.Text()));
        var prod = rows[1].QuerySelectorAll("td")[0];
        Assert.Equal(["v002 90%", "v003 10%"], prod.QuerySelectorAll(".headline").Select(line => line.Text()));
        Assert.Equal("/releases/v002", prod.QuerySelector("a.release")!.GetAttribute("href"));
        Assert.Contains("late@2 from train-2", prod.Text());
        Assert.Contains("by bob", prod.Text());
        Assert.Contains("way back: v001 (late-prod-v001)", prod.Text());
        Assert.NotNull(prod.QuerySelector(".live .dirty"));
        Assert.Equal("90", prod.QuerySelector("rect.part")!.GetAttribute("width"));
        Assert.Equal("nothing deployed", rows[2].QuerySelectorAll("td")[0].Text());
        Assert.Contains("failed briefing-stage-v003, release v003: The model is cut short", rows[0].QuerySelectorAll("td")[1].Text());
    }

    [Fact]
    public async Task Overview_WhenRequestsWereLost_RaisesAnAlarm()
    {
        var page = await RenderedPage.OfAsync<OverviewPage>(PageSamples.Overview());

        var alarms = page.QuerySelectorAll("[role=alert]").Select(alarm => alarm.Text()).ToList();
        Assert.Contains(alarms, alarm => alarm.Contains("could not record", StringComparison.Ordinal));
        Assert.Contains("behind", page.QuerySelector(".host").Text());
        Assert.Contains("Not captured of briefing-stage-v001: 1,200 requests by the sample, 3 bodies too long.", page.QuerySelector(".host").Text());
    }

    [Fact]
    public async Task Overview_OfCommandServicesAndShadows_ShowsInstancesAndCopies()
    {
        var page = await RenderedPage.OfAsync<OverviewPage>(PageSamples.Overview());

        var table = page.QuerySelectorAll("table").Single(table => table.QuerySelector("th")!.Text() == "Server group" && table.Text().Contains("Restarts", StringComparison.Ordinal));
        Assert.Equal(["1", "2"], table.QuerySelectorAll("tbody tr").Select(row => row.QuerySelectorAll("td")[0].Text()));
        Assert.Contains("ejected", table.Text());
        Assert.Contains("Instance 2 of briefing-stage-v001 takes no requests: its checks fail; 'fairlead logs briefing-stage-v001 --instance 2' shows what it printed.", page.QuerySelectorAll("[role=alert]").Select(alarm => alarm.Text()));
        Assert.Contains("shadow: v004 gets copies of 50% (late-prod-v004)", page.QuerySelectorAll(".matrix tbody tr")[1].Text());
    }

    [Fact]
    public async Task Overview_OfAnEmptyProject_SaysWhatToDoNext()
    {
        var page = await RenderedPage.OfAsync<OverviewPage>(PageSamples.EmptyOverview());

        Assert.Equal(["fairlead run", "fairlead release", "fairlead deploy stage"], page.QuerySelectorAll(".next code").Select(code => code.Text()));
        Assert.Contains("No host has reported yet", page.QuerySelector("[role=alert]").Text());
    }

    [Fact]
    public async Task Overview_OfHostileNames_EscapesThem()
    {
        var hostile = PageSamples.Hostile;
        var view = OverviewView.Of(
            PageSamples.Status(PageSamples.Group("late", "prod", 1, ServerGroupStatus.Enabled, 100, hostile)) with { Project = hostile, ProjectError = hostile, ProjectRoot = hostile, Environments = [hostile, "prod"] },
            [PageSamples.Host(url: "javascript:alert(1)")],
            [PageSamples.Release(1, hostile)],
            [PageSamples.Run("train", 1, by: hostile)],
            PageSamples.Now);

        var html = await RenderedPage.HtmlAsync<OverviewPage>(view);
        var page = await RenderedPage.OfAsync<OverviewPage>(view);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(hostile, page.QuerySelector("h1")!.TextContent);
        Assert.Equal(hostile, page.QuerySelector(".matrix tbody th")!.TextContent);
        Assert.Equal(hostile, page.QuerySelector("[role=note]")!.TextContent);
        Assert.DoesNotContain(page.QuerySelectorAll("[href]"), link => link.GetAttribute("href")!.StartsWith("javascript", StringComparison.Ordinal));
    }

    [Fact]
    public void View_WhenTheHostRefuses_SaysWhichGroupAndWhy()
    {
        var host = PageSamples.Host(applied: 11);
        host = host with { Report = host.Report with { RefusedVersion = 12, Failures = [new ServerGroupFailure(new ServerGroupName("late", "prod", 2), "blob altered")] } };

        var view = OverviewView.Of(PageSamples.Status(), [host], [], [], PageSamples.Now);

        Assert.Equal(
            "The host http://localhost:7071 refuses desired state 12 and serves 11: late-prod-v002: blob altered",
            view.Alarms[0].Text);
    }

    [Fact]
    public void View_WhenTheHostIsSilent_RaisesAnAlarm()
    {
        var view = OverviewView.Of(PageSamples.Status(), [PageSamples.Host(isReachable: false)], [], [], PageSamples.Now);

        Assert.Contains("fallen silent", Assert.Single(view.Alarms).Text);
    }

    [Fact]
    public void View_OfALiveReleaseThatIsOld_KnowsItsCommitAndKeepsTheListShort()
    {
        var releases = Enumerable.Range(2, 10).Reverse().Append(1).Select(number => PageSamples.Release(number)).ToList();

        var view = OverviewView.Of(PageSamples.Status(PageSamples.Group("late", "prod", 1, ServerGroupStatus.Enabled, 100)), [], releases, [], PageSamples.Now);

        Assert.Equal("4f1c2ab90d", view.Environments[1].Cells[0].Live[0].Commit!.Short);
        Assert.Equal(OverviewView.ShownRows, view.Releases.Count);
        Assert.Empty(view.NextSteps);
    }

    [Theory]
    [InlineData(2, "just now")]
    [InlineData(-30, "just now")]
    [InlineData(59, "59 s ago")]
    [InlineData(3599, "59 min ago")]
    [InlineData(36_000, "10 h ago")]
    [InlineData(864_000, "10 days ago")]
    public void Time_OfAnyAge_IsToldInItsUnit(int seconds, string expected) =>
        Assert.Equal(expected, TimeView.Of(PageSamples.Now.AddSeconds(-seconds), PageSamples.Now).Relative);

    [Theory]
    [InlineData(0.85, "850 ms")]
    [InlineData(41.34, "41.3 s")]
    [InlineData(245, "4 min 05 s")]
    [InlineData(7800, "2 h 10 min")]
    public void Duration_OfAnyLength_IsToldInItsUnit(double seconds, string expected) =>
        Assert.Equal(expected, PageText.Duration(TimeSpan.FromSeconds(seconds)));
}
