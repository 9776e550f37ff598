using System.Net;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Models;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Services;
using Fairlead.Replay;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Planning;
using Fairlead.Replay.Reporting;
using Fairlead.Replay.Running;
using Fairlead.Replay.Targets;
using Fairlead.Statistics.Evaluation;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class ReplayPagesTests
{
    internal static readonly ReplayReport Report = new()
    {
        Number = 1,
        Service = "late",
        Environment = "prod",
        Since = PageSamples.Now.AddDays(-7),
        Until = PageSamples.Now,
        Target = "late@3",
        RecordedBy = [new CountedName("late-prod-v001", 900), new CountedName("late-prod-v002", 90)],
        Selected = 1000,
        Replayed = 990,
        Skipped = [new CountedName("answered by an error", 10)],
        Agreement = new Agreement(990, 495, 99),
        Outputs = [new OutputComparison("late", "FLOAT", new Agreement(990, 495, 99), new DifferenceReport(990, 0.01, 0.02, 0.5, 0.015, 0.1, 0.3, 0.4, [new DifferenceBin(-0.5, 0, 90), new DifferenceBin(0, 0.5, 900)]))],
        Worst = [new WorstRow("0190b6a0-0000-7000-8000-000000000000", 0.5, JsonElement.Parse("""{"origin":"<b>SFO"}"""), JsonElement.Parse("""{"late":0.1}"""), JsonElement.Parse("""{"late":0.6}"""))],
        Evaluation = new ReplayEvaluation
        {
            Score = "output.late",
            Label = "outcome.late",
            Task = EvaluationTask.Binary,
            Threshold = 0.5,
            ClassAgreement = 0.97,
            Outcomes = 800,
            Metrics = [new MetricReport("auc", 0.61, 0.64, 0.03, 0.01, 0.05), new MetricReport("ece", 0.02, 0.03, 0.01, null, null)],
            RecordedCalibration = [new CalibrationReport(0, 0.5, 400, 0.2, 0.25), new CalibrationReport(0.5, 1, 0, null, null)],
        },
        Segments = [new SegmentReport(["SFO", "8"], 500, 0.5, 400, [new MetricReport("auc", 0.6, 0.65, 0.05, 0.01, 0.09)])],
        MoreSegments = 3,
        Timing = new ReplayTiming(2.5, 396, 0.4, 0.8, 1.2),
    };

    [Fact]
    public async Task Page_OfADoneReplay_TellsWhatItFound()
    {
        var page = await RenderedPage.OfAsync<ReplayPage>(ReplayView.Of(Record(ReplayStatus.Succeeded), Report, PageSamples.Now));

        Assert.Equal("Replay 1 of late succeeded", page.QuerySelector("h1").Text());
        Assert.Contains("50 % within 1E-06, 10 % to the last bit", page.QuerySelector("section[aria-labelledby=facts]").Text());
        Assert.Contains("10 answered by an error", page.QuerySelector("section[aria-labelledby=skipped]").Text());
        Assert.Equal(["auc 0.61 0.64 +0.03 +0.01 to +0.05", "ece 0.02 0.03 +0.01"], page.QuerySelectorAll("section[aria-labelledby=metrics] tbody tr").Select(row => row.Text()));
        Assert.Equal("+0.03", page.QuerySelector("section[aria-labelledby=metrics] strong").Text());
        Assert.Equal(2, page.QuerySelectorAll("svg.histogram[role=img][aria-label]").Length);
        Assert.Equal(["SFO, 8", "500", "50 %", "400", "0.6 → 0.65"], page.QuerySelectorAll("section[aria-labelledby=segments] tbody tr > *").Select(cell => cell.Text()));
        Assert.Contains("3 more", page.QuerySelector("#segments").Text());
        Assert.Equal("/predictions/0190b6a0-0000-7000-8000-000000000000", page.QuerySelector("section[aria-labelledby=worst] a")!.GetAttribute("href"));
        Assert.Contains("<b>SFO", page.QuerySelector("section[aria-labelledby=worst]").Text());
    }

    [Fact]
    public async Task Page_OfAStoppedReplay_SaysHowItGoesOn()
    {
        var page = await RenderedPage.OfAsync<ReplayPage>(ReplayView.Of(Record(ReplayStatus.Stopped) with { Error = "It was stopped." }, null, PageSamples.Now));
        Assert.Equal("It was stopped. 'fairlead replay --resume 1' goes on from what is done.", page.QuerySelector("[role=note]").Text());
        Assert.Empty(page.QuerySelectorAll("table"));
    }

    [Fact]
    public async Task Pages_OfTheCatalog_AreThere()
    {
        await using var server = await PageServer.StartAsync();
        var (_, none) = await server.GetAsync("/replays");
        var report = await server.Store.PutBytesAsync(JsonSerializer.SerializeToUtf8Bytes(Report, ReplayJson.Default.ReplayReport), TestContext.Current.CancellationToken);
        var record = Record(ReplayStatus.Succeeded) with { Report = report, Metrics = Report.ToMetrics() };
        await server.Catalog.Records.AddAsync(RecordKind.Replay, "late", "succeeded", PageSamples.Now, _ => JsonSerializer.Serialize(record, ReplayJson.Default.ReplayRecord), TestContext.Current.CancellationToken);
        var (_, list) = await server.GetAsync("/replays");
        var (status, page) = await server.GetAsync("/replays/1");
        var (missing, error) = await server.GetAsync("/replays/2");

        Assert.Contains("None yet", none.QuerySelector("main").Text());
        Assert.Contains("1 succeeded late prod late@3 990 50 %", list.QuerySelector("tbody").Text());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("auc", page.QuerySelector("main").Text());
        Assert.Equal("page", page.QuerySelector("nav a[href='/replays']")!.GetAttribute("aria-current"));
        Assert.Equal(HttpStatusCode.NotFound, missing);
        Assert.Contains("'2'", error.QuerySelector("main").Text());
    }

    internal static ReplayRecord Record(ReplayStatus status) => new()
    {
        Number = 1,
        Status = status,
        Order = new ReplayOrder { Service = "late", From = "prod", Since = PageSamples.Now.AddDays(-7) },
        Target = new ReplayTarget("late@3", new ReleasedService
        {
            Name = "late",
            Model = new ModelVersion { Model = "late", Number = 3, Artifact = new ArtifactRef(ArtifactKind.Blob, Digest.Of("m"u8), 1), Signature = new Signature([], []), Run = new RunId("train", 3), CreatedAt = PageSamples.Now },
        }),
        Plan = new ReplayPlan { Condition = "true", Since = PageSamples.Now.AddDays(-7), Until = PageSamples.Now, Rows = 990, Failed = 10, Chunks = [], Inputs = [], Recorded = [], Segments = [] },
        Judging = new ReplayJudging { Threshold = 0.5, Tolerance = 1e-6 },
        StartedAt = PageSamples.Now.AddMinutes(-1),
    };
}
