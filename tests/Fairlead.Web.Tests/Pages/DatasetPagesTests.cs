using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Fairlead.Web.Tests.Pages;

public sealed class DatasetPagesTests
{
    [Fact]
    public async Task Dataset_WithAProfile_ShowsEachColumn()
    {
        var page = await RenderAsync("dataset");

        Assert.Equal(3, page.QuerySelectorAll("section[aria-labelledby=profile] tbody tr").Length);
        Assert.Equal(4, page.QuerySelectorAll("svg.histogram rect.live").Length);
        Assert.Contains("1,000 rows, 3 columns, parquet, 1 file", page.Body!.TextContent);
        Assert.Contains("2.5 %", page.Body.TextContent);
        Assert.Equal("/runs/dataset.rides-1", page.QuerySelector(".subtitle a")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector("meta[http-equiv=refresh]"));
    }

    [Fact]
    public async Task Dataset_ThatIsLookedInto_ReloadsUntilItIsDone()
    {
        var page = await RenderAsync("dataset looked into");

        Assert.NotNull(page.QuerySelector("meta[http-equiv=refresh]"));
        Assert.Contains("being looked into", page.Body!.TextContent);
    }

    [Fact]
    public async Task Difference_Always_BeginsWithWhatDiffersMost()
    {
        var page = await RenderAsync("datasets compared");

        Assert.Equal(3, page.QuerySelectorAll("mark").Length);
        Assert.Contains("added120", string.Concat(page.QuerySelector("section[aria-labelledby=rows]")!.TextContent.Where(c => !char.IsWhiteSpace(c))));
        Assert.Equal(3, page.QuerySelectorAll("svg.histogram line.before").Length);
    }

    private static async Task<IHtmlDocument> RenderAsync(string name) => new HtmlParser().ParseDocument(await PageRulesTests.HtmlAsync(name));
}
