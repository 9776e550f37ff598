using System.Text;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tracing;

namespace Fairlead.Predictions.Tests.Tracing;

public sealed class LineageTracerTests : IDisposable
{
    private const string First = "0123456789abcdef0123456789abcdef01234567";
    private const string Second = "0123999999999999999999999999999999999999";
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch.AddDays(11_000);
    private readonly Workbench bench = new();
    private readonly MemoryCatalogs catalogs = new();

    private LineageTracer Tracer => new(bench.Query, catalogs, catalogs, catalogs, catalogs, catalogs);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Trace_Dataset_ReachesModelsGroupsAndCountsTheirPredictions()
    {
        Fill();
        for (var i = 0; i < 5; i++)
            bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f, Workbench.Noon + (i * 1_000_000));
        await bench.CompactAsync();
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f, Workbench.Noon + 60_000_000);
        bench.AppendFlight(Workbench.Flights(number: 2), "SFO", 8, 0.5f);

        var lineage = await Tracer.TraceAsync("flights@1", new LineageOptions(), Token);

        Assert.Equal(LineageKind.DatasetVersion, lineage.Kind);
        Assert.Empty(lineage.Origin);
        var split = Assert.Single(lineage.Reached);
        var train = Assert.Single(split.Children);
        var model = Assert.Single(train.Children);
        var release = Assert.Single(model.Children);
        var group = Assert.Single(release.Children);
        Assert.Equal(["split-1", "train-1", "late@1", "v001", "late-prod-v001"], new[] { split, train, model, release, group }.Select(node => node.Name));
        Assert.Equal("6", group.Facts["predictions"]);
        Assert.Equal(
            new LineageReach(2, 1, 1, 1, 1, 6, DateTimeOffset.UnixEpoch.AddMicroseconds(Workbench.Noon), DateTimeOffset.UnixEpoch.AddMicroseconds(Workbench.Noon + 60_000_000)),
            lineage.Reach);
        // By its digest it is the same.
        Assert.Equal("flights@1", (await Tracer.TraceAsync(Artifact("flights 1").Digest.ToString(), new LineageOptions(), Token)).Name);
    }

    [Theory]
    [InlineData("train-1", LineageKind.Run, "split-1", "late@1")]
    [InlineData("train#1", LineageKind.Run, "split-1", "late@1")]
    [InlineData("late@2", LineageKind.ModelVersion, "train-2", "v002")]
    [InlineData("v002", LineageKind.Release, "late@2", "late-prod-v002")]
    public async Task Trace_InTheMiddle_GoesBothWays(string subject, LineageKind kind, string origin, string reached)
    {
        Fill();
        var lineage = await Tracer.TraceAsync(subject, new LineageOptions(), Token);
        Assert.Equal(kind, lineage.Kind);
        Assert.Equal(origin, lineage.Origin[0].Name);
        Assert.Equal(reached, lineage.Reached[0].Name);
    }

    [Fact]
    public async Task Trace_ServerGroup_LeadsBackToTheData()
    {
        Fill();
        var lineage = await Tracer.TraceAsync("late-prod-v002", new LineageOptions(), Token);
        var names = new List<string>();
        for (var node = lineage.Origin[0]; ; node = node.Children[0])
        {
            names.Add(node.Name);
            if (node.Children.Count == 0)
                break;
        }

        Assert.Equal(["v002", "late@2", "train-2", "split-2", "flights@2"], names);
        Assert.Equal(1, lineage.Reach.ServerGroups);
    }

    [Fact]
    public async Task Trace_Commit_FindsItsRunsAndReleasesByItsFirstDigits()
    {
        Fill();
        var lineage = await Tracer.TraceAsync(First[..8], new LineageOptions(), Token);
        Assert.Equal(First, lineage.Name);
        Assert.Equal(new LineageReach(2, 1, 1, 1, 1, 0, null, null), lineage.Reach);
        var error = await Assert.ThrowsAsync<FairleadException>(() => Tracer.TraceAsync("0123", new LineageOptions(), Token));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        Assert.Contains($"commit:{Second}", error.Message);
    }

    [Fact]
    public async Task Trace_NameOfDatasetAndModel_AsksWhich()
    {
        Fill();
        catalogs.Datasets.Add(Dataset("late", 1));
        var error = await Assert.ThrowsAsync<FairleadException>(() => Tracer.TraceAsync("late@1", new LineageOptions(), Token));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        Assert.Equal("'late@1' can be 'dataset:late@1' or 'model:late@1'; say which.", error.Message);
        Assert.Equal(LineageKind.ModelVersion, (await Tracer.TraceAsync("model:late@1", new LineageOptions(), Token)).Kind);
    }

    [Theory]
    [InlineData("flights", "'flights' is no version of a dataset or model; the newest is 'flights@10'.")]
    [InlineData("flights@11", "'flights@11' is no version of a dataset or model; the newest is 'flights@10'.")]
    [InlineData("dataset:flights", "'dataset:flights' is no version of a dataset or model; the newest is 'flights@10'.")]
    [InlineData("late", "'late' is no version of a dataset or model; the newest are 'dataset:late@1' and 'model:late@2'.")]
    public async Task Trace_NameWithoutAVersion_NamesTheNewest(string subject, string expected)
    {
        Fill();
        catalogs.Datasets.AddRange([Dataset("flights", 10), Dataset("flights", 9), Dataset("late", 1)]);
        var error = await Assert.ThrowsAsync<FairleadException>(() => Tracer.TraceAsync(subject, new LineageOptions(), Token));
        Assert.Equal(ProblemKind.NotFound, error.Kind);
        Assert.Equal(expected, error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("flights@9")]
    [InlineData("train-")]
    [InlineData("v")]
    [InlineData("dataset:")]
    [InlineData("sha256:")]
    [InlineData("'; drop table runs")]
    public async Task Trace_Unknown_SaysWhatItCouldBe(string subject)
    {
        Fill();
        var error = await Assert.ThrowsAsync<FairleadException>(() => Tracer.TraceAsync(subject, new LineageOptions(), Token));
        Assert.Equal(ProblemKind.NotFound, error.Kind);
    }

    [Fact]
    public async Task Trace_DepthOrNodes_CutsAndStillCountsAll()
    {
        Fill();
        var shallow = await Tracer.TraceAsync("flights@1", new LineageOptions { Depth = 1 }, Token);
        Assert.True(Assert.Single(shallow.Reached).IsCut);
        Assert.Equal((2, 1), (shallow.Reach.Runs, shallow.Reach.Models));
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => Tracer.TraceAsync("flights@1", new LineageOptions { Depth = 0 }, Token))).Kind);
    }

    [Fact]
    public async Task Trace_ThousandsOfRunsOverOneAnother_EntersEachOnce()
    {
        catalogs.Datasets.Add(Dataset("flights", 1));
        var layer = new List<Run> { Run("split", 1, First, [DatasetInput(1)]) };
        // Each run of a layer reads all of the layer below: paths multiply, runs do not.
        for (var depth = 0; depth < 20; depth++)
        {
            var above = new List<Run>();
            for (var i = 0; i < 100; i++)
                above.Add(Run($"layer{depth}", i + 1, First, [.. layer.Select(run => new RunInput(run.Id.ToString(), $"{run.Id.Step}/x", Artifact("x"), null, run.Id))]));
            layer = above;
        }

        var lineage = await Tracer.TraceAsync("flights@1", new LineageOptions { Nodes = 100 }, Token);
        Assert.Equal(2001, lineage.Reach.Runs);
    }

    [Fact]
    public async Task Trace_AsJson_ReadsBack()
    {
        Fill();
        var lineage = await Tracer.TraceAsync("flights@1", new LineageOptions(), Token);
        var json = JsonSerializer.Serialize(lineage, TracingJson.Default.Lineage);
        Assert.Contains("\"kind\":\"datasetVersion\"", json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, TracingJson.Default.Lineage), TracingJson.Default.Lineage));
    }

    /// <summary>Twice the way from a dataset version to a server group, by a commit each.</summary>
    private void Fill()
    {
        foreach (var (number, commit) in new[] { (1, First), (2, Second) })
        {
            catalogs.Datasets.Add(Dataset("flights", number));
            var split = Run("split", number, commit, [DatasetInput(number)]);
            var train = Run("train", number, commit, [new RunInput("train", "split/train.parquet", Artifact($"train {number}"), null, split.Id)]);
            var model = new ModelVersion { Model = "late", Number = number, Artifact = Artifact($"model {number}"), Signature = Workbench.Flights().Signature, Run = train.Id, CreatedAt = Time };
            catalogs.Models.Add(model);
            var service = new ReleasedService { Name = "late", Model = model };
            var state = new CommitState(commit, "main", null);
            catalogs.Releases.Add(new Release { Name = new ReleaseName(number), Commit = state, ProjectFile = Artifact("fairlead.yaml"), Services = [service], CreatedAt = Time, CreatedBy = "ann" });
            catalogs.ServerGroups.Add(new ServerGroup
            {
                Name = new ServerGroupName("late", "prod", number),
                Release = new ReleaseName(number),
                Service = service,
                Configuration = Digest.Of("{}"u8),
                Status = ServerGroupStatus.Enabled,
                Weight = Weight.All,
                CreatedAt = Time,
                CreatedBy = "ben",
            });
        }
    }

    private static ArtifactRef Artifact(string name) => new(ArtifactKind.Blob, Digest.Of(Encoding.UTF8.GetBytes(name)), name.Length);

    private static RunInput DatasetInput(int number) => new("flights", "dataset:flights", Artifact($"flights {number}"), number, null);

    private static DatasetVersion Dataset(string name, int number) => new()
    {
        Dataset = name,
        Number = number,
        Artifact = Artifact($"{name} {number}"),
        Path = $"data/{name}.parquet",
        RegisteredAt = Time,
        RegisteredBy = "ann",
        Commit = new CommitState(First, "main", null),
    };

    private Run Run(string step, int number, string commit, RunInput[] inputs)
    {
        var run = new Run
        {
            Id = new RunId(step, number),
            Key = Digest.Of(Encoding.UTF8.GetBytes($"{step} {number}")),
            KeyParts = [],
            Status = RunStatus.Succeeded,
            Commit = new CommitState(commit, "main", null),
            Command = $"run {step}",
            Parameters = new Dictionary<string, JsonElement>(),
            Inputs = inputs,
            StartedAt = Time,
            Machine = "box",
            StartedBy = "ann",
            Sandbox = "plain",
        };
        catalogs.Runs.Add(run);
        return run;
    }
}
