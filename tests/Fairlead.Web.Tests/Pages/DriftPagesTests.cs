using Fairlead.Monitoring.Drift.Requests;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class DriftPagesTests
{
    [Fact]
    public async Task Page_OfAReport_ShowsTheWorstFirstWithItsPicturesAndSentences()
    {
        var page = await RenderedPage.OfAsync<DriftPage>(DriftView.Of(DriftSamples.Report(), new DriftQuery("late", "prod", Window: "24h"), PageSamples.Now));

        Assert.Equal("Drift of late in prod strong", page.QuerySelector("h1").Text());
        Assert.Equal("24h", page.QuerySelector("#window")!.GetAttribute("value"));
        Assert.Equal(["origin", "hour"], page.QuerySelectorAll("tbody th").Select(cell => cell.Text()));
        Assert.Equal(2, page.QuerySelectorAll("svg.histogram").Length);
        Assert.Equal("XYZ: live 40 %, reference 0 %", page.QuerySelectorAll("svg.histogram title")[2].Text());
        Assert.Equal("40 % of live rows have values that the training data does not hold: 'XYZ'.", page.QuerySelector(".drifted p").Text());
        Assert.Single(page.QuerySelectorAll(".drifted svg.chart"));
        Assert.Equal("hour = 20 84 % of the index by 10 % of the rows", page.QuerySelector(".drifted .facts div").Text());
        Assert.Contains("it is redacted", page.QuerySelectorAll("details")[1].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfHostileValues_ShowsThemAsText()
    {
        var page = await RenderedPage.OfAsync<DriftPage>(DriftView.Of(DriftSamples.Report(PageSamples.Hostile), new DriftQuery("late", "prod", By: PageSamples.Hostile), PageSamples.Now));

        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Equal(PageSamples.Hostile, page.QuerySelector("#by")!.GetAttribute("value"));
    }

    [Fact]
    public void Row_OfAReport_NamesWhatDrifted()
    {
        Assert.Equal("origin", DriftRow.Of("late", "prod", DriftSamples.Report(), PageSamples.Now).Fields);
        Assert.Null(DriftRow.Of("late", "prod", null, PageSamples.Now).Severity);
    }
}
