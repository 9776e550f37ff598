using System.Text;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Keeping;
using Fairlead.Predictions.Tracing;

namespace Fairlead.Predictions.Tests.Tracing;

public sealed class PredictionTracerTests : IDisposable
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch.AddDays(11_000);
    private static readonly CommitState Commit = new("0123456789abcdef0123456789abcdef01234567", "main", null);
    private readonly Workbench bench = new();
    private readonly MemoryCatalogs catalogs = new();

    public PredictionTracerTests()
    {
        var flights = Artifact("flights");
        catalogs.Datasets.Add(new DatasetVersion { Dataset = "flights", Number = 3, Artifact = flights, Path = "data/flights.parquet", RegisteredAt = Time, RegisteredBy = "ann", Commit = Commit });
        var split = Run("split", 1, [new RunInput("flights", "dataset:flights", flights, 3, null)], ["train.parquet", "vocabulary.json"]);
        // Two inputs from one run: the graph is no tree.
        var train = Run(
            "train",
            2,
            [new RunInput("train", "split/train.parquet", Artifact("train.parquet"), null, split.Id), new RunInput("words", "split/vocabulary.json", Artifact("vocabulary.json"), null, split.Id)],
            ["model.onnx"]);
        var model = new ModelVersion { Model = "late", Number = 1, Artifact = Artifact("model.onnx"), Signature = Workbench.Flights().Signature, Run = train.Id, CreatedAt = Time };
        var service = new ReleasedService { Name = "late", Model = model };
        catalogs.Releases.Add(new Release { Name = new ReleaseName(1), Commit = Commit, ProjectFile = Artifact("fairlead.yaml"), Services = [service], CreatedAt = Time, CreatedBy = "ann" });
        catalogs.ServerGroups.Add(new ServerGroup
        {
            Name = new ServerGroupName("late", "prod", 1),
            Release = new ReleaseName(1),
            Service = service,
            Configuration = Digest.Of("{}"u8),
            Status = ServerGroupStatus.Enabled,
            Weight = Weight.All,
            CreatedAt = Time,
            CreatedBy = "ben",
        });
    }

    private PredictionTracer Tracer => new(bench.Lookup, new ErasedPredictions(bench.Folder, new MemoryRecordCatalog()), catalogs, catalogs, catalogs, catalogs);

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Trace_Prediction_ReachesTheDatasetsAndReadsEachRunOnce()
    {
        var id = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        await new OutcomeLog(bench.Writer, TimeProvider.System).PostAsync([new Outcome(id, JsonDocument.Parse("""{"late": 1}""").RootElement)], TestContext.Current.CancellationToken);
        var trace = await Tracer.TraceAsync(id, TestContext.Current.CancellationToken);
        Assert.Equal("SFO", trace.Prediction.Inputs!["origin"].GetString());
        Assert.Equal(1, trace.Outcome!.Values["late"].GetDouble());
        Assert.Equal("late-prod-v001", trace.ServerGroup.ToString());
        Assert.Equal("v001", trace.Release.ToString());
        var model = Assert.Single(trace.Models);
        Assert.Equal("late@1", model.Version.Label);
        Assert.Equal("train-2", model.Run.Id.ToString());
        var (first, second) = (model.Run.Inputs[0].Run!, model.Run.Inputs[1].Run!);
        Assert.Equal(3, Assert.Single(first.Inputs).Dataset!.Number);
        Assert.False(first.IsRepeated);
        Assert.True(second.IsRepeated);
        Assert.Empty(second.Inputs);
        Assert.Equal(2, catalogs.RunReads);
    }

    [Fact]
    public async Task Trace_RequestThatAShadowAnsweredToo_NamesBothWays()
    {
        var live = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        var shadow = bench.NewId(Workbench.Noon + 5000);
        var inputs = new Blocks().AddText([1, 1], "SFO").Add(TensorType.Int64, [1], 8L).Add(TensorType.Float32, [1, 1], 80f).Bytes;
        bench.Append(Workbench.Flights(), shadow, 1, inputs, new Blocks().Add(TensorType.Float32, [1, 1], 0.6f).Bytes, Workbench.Noon + 5000, shadowOf: live);
        var ofLive = Assert.Single((await Tracer.TraceAsync(live, TestContext.Current.CancellationToken)).Related);
        Assert.Equal((shadow, PredictionRole.Shadow), (ofLive.Id, ofLive.Role));
        var ofShadow = Assert.Single((await Tracer.TraceAsync(shadow, TestContext.Current.CancellationToken)).Related);
        Assert.Equal((live, PredictionRole.Live), (ofShadow.Id, ofShadow.Role));
    }

    [Fact]
    public async Task Trace_AsJson_IsCamelCaseAndReadsBack()
    {
        var id = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        var trace = await Tracer.TraceAsync(id, TestContext.Current.CancellationToken);
        var json = JsonSerializer.Serialize(trace, TracingJson.Default.PredictionTrace);
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        Assert.Equal(id.ToString(), root.GetProperty("prediction").GetProperty("id").GetString());
        Assert.Equal("live", root.GetProperty("prediction").GetProperty("role").GetString());
        Assert.Equal("late-prod-v001", root.GetProperty("serverGroup").GetString());
        var run = root.GetProperty("models")[0].GetProperty("run");
        Assert.Equal("succeeded", run.GetProperty("status").GetString());
        Assert.Equal(0.01, run.GetProperty("parameters").GetProperty("l2").GetDouble());
        Assert.False(root.TryGetProperty("outcome", out _));
        var back = JsonSerializer.Deserialize(json, TracingJson.Default.PredictionTrace)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, TracingJson.Default.PredictionTrace));
    }

    [Fact]
    public async Task Trace_UnknownPrediction_SaysWhatThatCanMean()
    {
        var error = await Assert.ThrowsAsync<FairleadException>(() => Tracer.TraceAsync(bench.NewId(Workbench.Noon), TestContext.Current.CancellationToken));
        Assert.Equal(ProblemKind.NotFound, error.Kind);
        Assert.Contains("another project", error.Message);
    }

    [Fact]
    public async Task Trace_CatalogLacksTheRun_NamesIt()
    {
        var id = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        catalogs.Runs.RemoveAt(0);
        var error = await Assert.ThrowsAsync<FairleadException>(() => Tracer.TraceAsync(id, TestContext.Current.CancellationToken));
        Assert.Equal(ProblemKind.Damaged, error.Kind);
        Assert.Contains("split-1", error.Message);
    }

    private static ArtifactRef Artifact(string name) => new(ArtifactKind.Blob, Digest.Of(Encoding.UTF8.GetBytes(name)), name.Length);

    private Run Run(string step, int number, RunInput[] inputs, string[] outputs)
    {
        var run = new Run
        {
            Id = new RunId(step, number),
            Key = Digest.Of(Encoding.UTF8.GetBytes(step)),
            KeyParts = [],
            Status = RunStatus.Succeeded,
            Commit = Commit,
            Command = $"run {step}",
            Parameters = new Dictionary<string, JsonElement> { ["l2"] = JsonDocument.Parse("0.01").RootElement },
            Inputs = inputs,
            Outputs = [.. outputs.Select(output => new RunOutput(output, Artifact(output)))],
            StartedAt = Time,
            Machine = "box",
            StartedBy = "ann",
            Sandbox = "plain",
        };
        catalogs.Runs.Add(run);
        return run;
    }
}
