using AngleSharp.Html.Dom;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

/// <summary>What holds for every page.</summary>
public sealed class PageRulesTests
{
    public static TheoryData<string> Pages() => ["overview", "empty", "run", "release", "predictions", "prediction", "drifts", "drift", "experiments", "experiment", "query", "error"];

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
        Assert.True(page.QuerySelector("form[method=post]") is null || name is "query" or "prediction", "Another page than those of queries and of a prediction sends a form.");
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

    internal static Task<string> HtmlAsync(string name) => name switch
    {
        "overview" => RenderedPage.HtmlAsync<OverviewPage>(PageSamples.Overview()),
        "empty" => RenderedPage.HtmlAsync<OverviewPage>(PageSamples.EmptyOverview()),
        "run" => RenderedPage.HtmlAsync<RunPage>(RunView.Of(PageSamples.Run("train", 2), "epoch 1\nepoch 2\n", isLogCut: false, PageSamples.Now)),
        "release" => RenderedPage.HtmlAsync<ReleasePage>(ReleaseView.Of(
            PageSamples.Release(2),
            [
                PageSamples.Group("late", "prod", 2, Domain.Deployments.ServerGroupStatus.Enabled, 90),
                PageSamples.Group("late", "stage", 2, Domain.Deployments.ServerGroupStatus.Failed),
            ],
            PageSamples.Now)),
        "predictions" => RenderedPage.HtmlAsync<PredictionsPage>(PageSamples.Predictions()),
        "prediction" => RenderedPage.HtmlAsync<PredictionPage>(PageSamples.Prediction()),
        "drifts" => RenderedPage.HtmlAsync<DriftsPage>(new DriftsView([DriftRow.Of("late", "prod", DriftSamples.Report(), PageSamples.Now), DriftRow.Of("late", "stage", null, PageSamples.Now)])),
        "drift" => RenderedPage.HtmlAsync<DriftPage>(DriftView.Of(DriftSamples.Report(), new Monitoring.Drift.Requests.DriftQuery("late", "prod"), PageSamples.Now)),
        "experiments" => RenderedPage.HtmlAsync<ExperimentsPage>(ExperimentsView.Of([ExperimentSamples.Running(), ExperimentSamples.Fresh()], PageSamples.Now)),
        "experiment" => RenderedPage.HtmlAsync<ExperimentPage>(ExperimentView.Of(ExperimentSamples.Running(), PageSamples.Now)),
        "query" => RenderedPage.HtmlAsync<QueryPage>(Query()),
        "error" => RenderedPage.HtmlAsync<ErrorPage>(new ErrorView(404, "There is no run 'train-99': see 'fairlead runs'.")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "unknown page"),
    };

    private static QueryView Query() => new()
    {
        Sql = "select id, $n::INTEGER as n from predictions",
        Name = "ids",
        Saved = [new SavedQueryRow("ids", "/query?name=ids", PageSamples.Hostile, "$n", "ann")],
        Parameters = [new QueryParameterView("n", "7")],
        Problem = PageSamples.Hostile,
        Notice = PageSamples.Hostile,
        Answer = new QueryAnswerView(
            "1 row in 2.00 ms",
            [new QueryColumnView("id", "UUID", IsNumber: false, IsPrediction: true), new QueryColumnView(PageSamples.Hostile, "INTEGER", IsNumber: true, IsPrediction: false)],
            [[new QueryCellView("019cb0e2-6f40-7a11-8c3d-5e2f60000000", "/predictions/019cb0e2-6f40-7a11-8c3d-5e2f60000000"), new QueryCellView(null, null)]],
            "/query/rows.csv?sql=x",
            "/query/rows.parquet?sql=x"),
    };

    private static async Task<IHtmlDocument> RenderAsync(string name) => new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await HtmlAsync(name));
}
