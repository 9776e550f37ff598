using AngleSharp.Html.Dom;
using Fairlead.Web.Pages;

namespace Fairlead.Web.Tests.Pages;

/// <summary>What holds for every page.</summary>
public sealed class PageRulesTests
{
    /// <summary>Pages on which something can be changed, and those on which one signs out are all.</summary>
    private static readonly string[] Changing = ["run", "query", "prediction", "judgment", "judgment by link", "rollout", "rollout that ended", "rollout with canaries", "server groups", "sign in"];

    public static TheoryData<string> Pages() => [.. PageCatalog.All.Keys];

    /// <summary>A page that nobody added to the catalog of samples would be held to no rule.</summary>
    [Fact]
    public void Pages_AreAllHeldToTheRules()
    {
        var pages = typeof(OverviewPage).Assembly.GetTypes().Where(type => type.Namespace == typeof(OverviewPage).Namespace && type.Name.EndsWith("Page", StringComparison.Ordinal) && typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type));
        Assert.Empty(pages.Except(PageCatalog.All.Values.Select(entry => entry.Page)).Select(page => page.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_Always_WorksUnderTheContentSecurityPolicy(string name)
    {
        var page = await RenderAsync(name);

        Assert.Empty(page.QuerySelectorAll("script, style, iframe, object, embed, base, [style]"));
        Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("link[href], img[src]"), element => Assert.StartsWith("/assets/", element.GetAttribute("href") ?? element.GetAttribute("src")));
        // What changes something is sent, and only to the server that the page is from.
        Assert.All(page.QuerySelectorAll("form"), form => Assert.Contains(form.GetAttribute("method"), new[] { "get", "post" }));
        Assert.All(page.QuerySelectorAll("form[method=post]"), form => Assert.Matches("^/[a-z]", form.GetAttribute("action")));
        Assert.True(page.QuerySelector("form[method=post]") is null || Changing.Contains(name), "A page sends a form that is not known to change anything.");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_Always_CanBeReadWithKeyboardAndScreenReader(string name)
    {
        var page = await RenderAsync(name);

        Assert.StartsWith("<!DOCTYPE html>", (await HtmlAsync(name)).TrimStart());
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.EndsWith("· Fairlead", page.Title);
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotNull(page.QuerySelector("nav[aria-label]"));
        Assert.Equal("#main", page.QuerySelector("body > a")!.GetAttribute("href"));
        Assert.All(page.QuerySelectorAll("section[aria-labelledby]"), section => Assert.NotNull(page.GetElementById(section.GetAttribute("aria-labelledby")!)));
        Assert.All(page.QuerySelectorAll("input:not([type=hidden]), textarea"), input => Assert.NotNull(page.QuerySelector($"label[for={input.Id}]")));
        Assert.All(page.QuerySelectorAll("table th"), header => Assert.NotNull(header.GetAttribute("scope")));
        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_Always_TellsTimesInUtc(string name)
    {
        var page = await RenderAsync(name);

        Assert.All(page.QuerySelectorAll("time"), time =>
        {
            Assert.EndsWith("Z", time.GetAttribute("datetime"));
            Assert.True(DateTimeOffset.TryParse(time.GetAttribute("datetime"), out _));
        });
    }

    /// <summary>What strangers wrote is text, on whichever page it is shown.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OfHostileText_ShowsItAsText(string name) => Assert.DoesNotContain("<script", await HtmlAsync(name), StringComparison.OrdinalIgnoreCase);

    /// <summary>On a small screen a table is read cell by cell, each with its own heading.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OnASmallScreen_NamesEachCell(string name)
    {
        var page = await RenderAsync(name);

        Assert.All(page.QuerySelectorAll("table.list tbody td").Where(cell => cell.Closest(".wide") is null || name != "query"), cell => Assert.NotNull(cell.GetAttribute("data-label")));
        Assert.NotNull(page.QuerySelector("meta[name=viewport]"));
        Assert.Equal("light dark", page.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
    }

    internal static Task<string> HtmlAsync(string name) => PageCatalog.All[name].Html();

    private static async Task<IHtmlDocument> RenderAsync(string name) => new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await HtmlAsync(name));
}
