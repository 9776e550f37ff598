using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tracing;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class PredictionViewTests
{
    private static readonly PredictionId Request = PredictionId.Parse("019cb0e2-6f40-7a11-8c3d-5e2f60000000");

    [Fact]
    public void Trace_AsATree_ReachesFromTheServerGroupDownToTheDataset()
    {
        var tree = PredictionView.Of(Trace(), null, PageSamples.Now).Trace;

        Assert.Equal(
            ["server group late-prod-v003", "release v003", "model version late@3", "run train-3", "run split-1", "dataset version flights@1"],
            Path(tree));
        Assert.Equal(["run, as above split-1", "input file"], tree.Children[0].Children[0].Children[0].Children.Skip(1).Select(node => $"{node.Kind} {node.Name}"));
        Assert.Equal("/releases/v003", tree.Children[0].Link);
        Assert.Contains(new FactView("commit", PageSamples.Commit.Commit), tree.Children[0].Facts);
        Assert.Contains(new FactView("l2", "0.01"), tree.Children[0].Children[0].Children[0].Facts);
    }

    [Fact]
    public void View_OfOneRow_ShowsItsOwnFieldsOnly()
    {
        var view = PredictionView.Of(Trace(), null, PageSamples.Now);

        Assert.Equal([new FactView("origin", "SFO"), new FactView("hour", "17")], view.Inputs);
        Assert.Equal([new FactView("late", "0.3127")], view.Outputs);
        Assert.Equal([new FactView("late", "1")], view.Outcome);
        Assert.Contains(new FactView("Latency", "0.41 ms"), view.Facts);
        Assert.Contains(new FactView("Row", $"2 of request {Request}", $"/predictions/{Request}"), view.Facts);
    }

    [Fact]
    public async Task Page_OfATraceWithHostileValues_EscapesThem()
    {
        var hostile = PageSamples.Hostile;
        var trace = Trace();
        trace = trace with
        {
            DeployedBy = hostile,
            Prediction = trace.Prediction with
            {
                Unit = hostile,
                Error = hostile,
                Inputs = new Dictionary<string, JsonElement> { [hostile] = JsonSerializer.SerializeToElement(hostile) },
            },
        };

        var page = await RenderedPage.OfAsync<PredictionPage>(PredictionView.Of(trace, null, PageSamples.Now));

        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Equal(hostile, page.QuerySelector("[aria-labelledby=inputs] dt")!.TextContent);
        Assert.Equal(hostile, page.QuerySelector(".alarm")!.TextContent);
    }

    private static IEnumerable<string> Path(TraceNodeView? node)
    {
        for (; node is not null; node = node.Children.Count > 0 ? node.Children[0] : null)
            yield return $"{node.Kind} {node.Name}";
    }

    private static PredictionTrace Trace() => new()
    {
        Prediction = new Prediction
        {
            Id = Request.OfRow(2),
            Request = Request,
            Row = 2,
            Time = PageSamples.Now.AddMinutes(-3),
            Environment = "prod",
            Service = "late",
            ServerGroup = new ServerGroupName("late", "prod", 3),
            Release = new ReleaseName(3),
            Model = "late",
            ModelVersion = 3,
            ModelDigest = PageSamples.Artifact("model").Digest,
            Role = PredictionRole.Live,
            Status = 200,
            LatencyMicroseconds = 412,
            Configuration = Digest.Of("{}"u8),
            Inputs = Fields("""{"origin":"SFO","hour":17,"others":null}"""),
            Outputs = Fields("""{"late":0.3127,"others":null}"""),
        },
        Outcome = new RecordedOutcome(PageSamples.Now, Fields("""{"late":1}""")),
        ServerGroup = new ServerGroupName("late", "prod", 3),
        DeployedAt = PageSamples.Now.AddHours(-1),
        DeployedBy = "ada",
        Release = new ReleaseName(3),
        ReleaseCommit = PageSamples.Commit,
        ReleasedAt = PageSamples.Now.AddHours(-2),
        ReleasedBy = "ada",
        Service = new ReleasedService { Name = "late", Model = PageSamples.Model("late", 3) },
        Models =
        [
            new TracedModel(
                PageSamples.Model("late", 3),
                Traced(
                    PageSamples.Run("train", 3),
                    new TracedInput("train", "split/train.parquet", PageSamples.Artifact("train"), null, Traced(PageSamples.Run("split", 1), Dataset())),
                    new TracedInput("test", "split/test.parquet", PageSamples.Artifact("test"), null, Traced(PageSamples.Run("split", 1)) with { IsRepeated = true }),
                    new TracedInput("file", "file", PageSamples.Artifact("file"), null, null))),
        ],
    };

    private static TracedInput Dataset() => new(
        "raw",
        "dataset:flights",
        PageSamples.Artifact("flights"),
        new DatasetVersion
        {
            Dataset = "flights",
            Number = 1,
            Artifact = PageSamples.Artifact("flights"),
            Path = "data/flights.parquet",
            RegisteredAt = PageSamples.Now.AddDays(-1),
            RegisteredBy = "ada",
            Commit = PageSamples.Commit,
        },
        null);

    private static TracedRun Traced(Run run, params TracedInput[] inputs) => new()
    {
        Id = run.Id,
        Status = run.Status,
        Key = run.Key,
        Commit = run.Commit,
        Command = run.Command,
        Parameters = run.Parameters,
        Metrics = run.Metrics,
        StartedAt = run.StartedAt,
        StartedBy = run.StartedBy,
        Machine = run.Machine,
        Inputs = inputs,
    };

    private static Dictionary<string, JsonElement> Fields(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
