using System.Text.Json;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Domain.Runs;
using Fairlead.Sweeps;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class SweepPagesTests
{
    /// <summary>Nine trials, of which one failed and one is under way.</summary>
    internal static SweepReport Report(SweepStatus status = SweepStatus.Succeeded, string? error = null) => new(
        new SweepRecord
        {
            Number = 3,
            Status = status,
            Order = new SweepOrder { Step = "train", Parameters = ["l2=log:1e-4..1", "kind=a,b"], Objective = "evaluate.auc", Goal = SweepGoal.Maximize, Search = "bayes", Trials = 9, User = "ann" },
            Judged = "evaluate",
            Metric = "auc",
            Parameters = [new TriedParameter("l2", "train", "l2"), new TriedParameter("kind", "train", "kind")],
            Commit = new CommitState(new string('c', 40), "main", null),
            Parts = [],
            Planned = 9,
            Done = 8,
            Failed = 1,
            Best = 4,
            BestValue = 0.65,
            BestValues = Values(4),
            StartedAt = PageSamples.Now.AddMinutes(-3),
            Error = error,
        },
        [.. Enumerable.Range(1, 9).Select(Trial)]);

    [Fact]
    public async Task Page_OfASweep_TellsTrialsAndTheBest()
    {
        var page = await RenderedPage.OfAsync<SweepPage>(SweepView.Of(Report(), PageSamples.Now));

        Assert.Equal("Sweep 3 of train succeeded", page.QuerySelector("h1").Text());
        var best = page.QuerySelector("section[aria-labelledby=best]").Text();
        Assert.Contains("auc 0.65", best);
        Assert.Contains("fairlead sweep promote 3", best);
        Assert.Equal("/runs/train-4", page.QuerySelector("section[aria-labelledby=best] a")!.GetAttribute("href"));
        Assert.Equal(["auc over trials", "auc by l2", "auc by kind"], page.QuerySelectorAll("section:has(svg) h2").Select(title => title.Text()));
        Assert.All(page.QuerySelectorAll("svg"), chart => Assert.Equal(7, chart.QuerySelectorAll("circle").Length));
        Assert.All(page.QuerySelectorAll("svg"), chart => Assert.Single(chart.QuerySelectorAll("circle.marked")));
        // What was best so far, level until the next trial.
        Assert.Matches(@"^M[0-9.]+ [0-9.]+(H[0-9.]+V[0-9.]+){6}$", page.QuerySelector("svg path.line")!.GetAttribute("d"));
        var rows = page.QuerySelectorAll("section[aria-labelledby=trials] tbody tr").Select(row => string.Join(" | ", row.Children.Select(cell => cell.Text()))).ToList();
        Assert.Equal("4 | succeeded | 0.0001 | b | 0.65 (best) | train-4 | 1.5 s | ", rows[3]);
        Assert.Contains("failed", rows[1]);
        Assert.Contains(PageSamples.Hostile.Trim(), rows[1]);
        Assert.Contains("not ended", rows[8]);
    }

    [Fact]
    public async Task Page_OfASweepThatWasStopped_SaysHowItGoesOn()
    {
        var page = await RenderedPage.OfAsync<SweepPage>(SweepView.Of(Report(SweepStatus.Stopped, "It was stopped."), PageSamples.Now));
        Assert.Contains("It was stopped. 'fairlead sweep resume 3' goes on.", page.QuerySelector(".alarm").Text());
        Assert.Null(page.QuerySelector("meta[http-equiv=refresh]"));
        Assert.NotNull((await RenderedPage.OfAsync<SweepPage>(SweepView.Of(Report(SweepStatus.Running), PageSamples.Now))).QuerySelector("meta[http-equiv=refresh]"));
    }

    [Fact]
    public async Task Page_OfASweepWithoutTrials_CanBeRead()
    {
        var report = Report() with { Trials = [] };
        var page = await RenderedPage.OfAsync<SweepPage>(SweepView.Of(report with { Sweep = report.Sweep with { Best = null } }, PageSamples.Now));
        Assert.Contains("No trial succeeded yet.", page.QuerySelector("section[aria-labelledby=best]").Text());
        Assert.Empty(page.QuerySelectorAll("svg"));
    }

    [Fact]
    public async Task Sweeps_OfTheCatalog_AreListedAndShown()
    {
        await using var server = await PageServer.StartAsync();
        Assert.Contains("None yet", (await server.GetAsync("/sweeps")).Page.Body!.TextContent);
        var report = Report();
        await server.Catalog.Records.AddAsync(RecordKind.Sweep, "train", "succeeded", PageSamples.Now, number => JsonSerializer.Serialize(report.Sweep with { Number = number }, SweepJson.Default.SweepRecord), TestContext.Current.CancellationToken);
        foreach (var trial in report.Trials)
            await server.Catalog.Records.AddAsync(RecordKind.Trial, "1", "succeeded", PageSamples.Now, _ => JsonSerializer.Serialize(trial, SweepJson.Default.TrialRecord), TestContext.Current.CancellationToken);
        Assert.Contains("maximize evaluate.auc", (await server.GetAsync("/sweeps?step=train")).Page.QuerySelector("tbody tr").Text());
        Assert.Equal(9, (await server.GetAsync("/sweeps/1")).Page.QuerySelectorAll("section[aria-labelledby=trials] tbody tr").Length);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await server.GetAsync("/sweeps/2")).Status);
    }

    private static TrialRecord Trial(int number) => new()
    {
        Number = number,
        Values = Values(number),
        Status = number == 2 ? TrialStatus.Failed : number == 9 ? TrialStatus.Running : TrialStatus.Succeeded,
        Value = number is 2 or 9 ? null : number == 4 ? 0.65 : 0.6 + (number * 0.001),
        Error = number == 2 ? PageSamples.Hostile : null,
        Run = number == 9 ? null : new RunId("train", number),
        StartedAt = PageSamples.Now,
        Seconds = 1.5,
    };

    private static Dictionary<string, JsonElement> Values(int number) => new()
    {
        ["l2"] = JsonElement.Parse(number == 4 ? "0.0001" : $"0.{number}"),
        ["kind"] = JsonElement.Parse(number % 2 == 0 ? "\"b\"" : "\"a\""),
    };
}
