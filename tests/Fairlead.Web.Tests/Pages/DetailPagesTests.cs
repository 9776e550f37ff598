using Fairlead.Domain.Runs;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class DetailPagesTests
{
    [Fact]
    public async Task Run_ThatSucceeded_ShowsWhatWentInAndOut()
    {
        var page = await RenderedPage.OfAsync<RunPage>(RunView.Of(PageSamples.Run("train", 3), "epoch 1\n", isLogCut: false, PageSamples.Now));

        Assert.Equal("train-3 succeeded", page.QuerySelector("h1").Text());
        Assert.Equal("auc 0.607213", page.QuerySelector("[aria-labelledby=metrics] .facts div").Text());
        Assert.Equal(["from 2001-01-01", "l2 0.01", "seed 7"], page.QuerySelectorAll("[aria-labelledby=parameters] .facts div").Select(fact => fact.Text()));
        Assert.Equal("/runs/split-1", page.QuerySelector("[aria-labelledby=inputs] a")!.GetAttribute("href"));
        Assert.Contains("dataset:flights@1", page.QuerySelector("[aria-labelledby=inputs]").Text());
        Assert.Equal("epoch 1", page.QuerySelector(".log").Text());
        Assert.Equal(3, page.QuerySelectorAll("details dt").Length);
    }

    [Fact]
    public async Task Run_ThatFailedWithAHostileLog_ShowsItAsText()
    {
        var run = PageSamples.Run("train", 1, RunStatus.Failed) with { Command = PageSamples.Hostile, Error = PageSamples.Hostile };

        var page = await RenderedPage.OfAsync<RunPage>(RunView.Of(run, PageSamples.Hostile, isLogCut: true, PageSamples.Now));

        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Equal(PageSamples.Hostile, page.QuerySelector(".log")!.TextContent);
        Assert.Equal(PageSamples.Hostile, page.QuerySelector(".command")!.TextContent);
        Assert.Equal("Log, from its end", page.QuerySelector("#log").Text());
    }

    [Fact]
    public async Task Release_ThatIsDeployed_ShowsSignaturesAndGroups()
    {
        var page = await RenderedPage.OfAsync<ReleasePage>(ReleaseView.Of(
            PageSamples.Release(2),
            [PageSamples.Group("late", "prod", 2, Domain.Deployments.ServerGroupStatus.Enabled, 90), PageSamples.Group("late", "prod", 1, Domain.Deployments.ServerGroupStatus.Disabled)],
            PageSamples.Now));

        Assert.Contains("origin BYTES[-1,1]", page.QuerySelector("[aria-labelledby=services]").Text());
        Assert.Contains("late-prod-v002 prod live 90%", Assert.Single(page.QuerySelectorAll("[aria-labelledby=groups] tbody tr")).Text());
    }

    [Fact]
    public async Task Prediction_WithItsTrace_ReachesDownToTheDataset()
    {
        var page = await RenderedPage.OfAsync<PredictionPage>(PageSamples.Prediction());

        Assert.Equal("origin SFO", page.QuerySelector("[aria-labelledby=inputs] .facts div").Text());
        Assert.Equal("Not known yet.", page.QuerySelector("[aria-labelledby=outcome] p").Text());
        var dataset = page.QuerySelector(".trace li li li li li .node");
        Assert.StartsWith("dataset version flights@1", dataset.Text());
        Assert.Equal("page", page.QuerySelector("nav a[href='/predictions']")!.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Predictions_WithASearchThatFails_KeepsItAndSaysWhy()
    {
        var view = new PredictionsView(PageSamples.Hostile, $"'{PageSamples.Hostile}' is not a prediction.", []);

        var page = await RenderedPage.OfAsync<PredictionsPage>(view);

        Assert.Equal(PageSamples.Hostile, page.QuerySelector("input")!.GetAttribute("value"));
        Assert.Contains(PageSamples.Hostile, page.QuerySelector("[role=alert]")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("script"));
    }

    [Fact]
    public async Task Error_OfAnyMessage_IsShownAsText()
    {
        var page = await RenderedPage.OfAsync<ErrorPage>(new ErrorView(404, PageSamples.Hostile));

        Assert.Equal("Not found", page.QuerySelector("h1").Text());
        Assert.Equal(PageSamples.Hostile, page.QuerySelector("[role=alert]")!.TextContent);
    }
}
