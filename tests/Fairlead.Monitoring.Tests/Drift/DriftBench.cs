using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Fairlead.Artifacts;
using Fairlead.Catalog;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Services;
using Fairlead.Monitoring.Drift;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;
using Fairlead.Monitoring.Drift.Watching;
using Fairlead.Monitoring.Tests.Experiments;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Query;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Monitoring.Tests.Drift;

/// <summary>A state folder of one test's own: a model with the runs and data that made it, and what it was asked.</summary>
internal sealed class DriftBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    public static readonly Signature Signature = new(
        [
            new TensorSpec("origin", TensorType.Bytes, [-1, 1]), new TensorSpec("hour", TensorType.Int64, [-1, 1]),
            new TensorSpec("distance", TensorType.Float32, [-1, 1]), new TensorSpec("vector", TensorType.Float32, [-1, 3]),
        ],
        [new TensorSpec("late", TensorType.Float32, [-1, 1])]);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fairlead-drift-");
    private readonly SqliteCatalog catalog;
    private readonly SegmentManifest manifest;
    private readonly LogCompactor compactor;
    private readonly PredictionStore store;
    private readonly SegmentWriter writer;
    private readonly SegmentWriter outcomeWriter;
    private readonly PredictionAnalysis analysis;
    private readonly LocalArtifactStore artifacts;
    private readonly TrafficWorld world;
    private CaptureContext? context;
    private long sequence;

    public DriftBench()
    {
        var folder = new StateFolder(root.FullName);
        catalog = SqliteCatalog.Open(folder.CatalogFile, TimeProvider.System);
        manifest = new SegmentManifest(catalog.Segments);
        compactor = new LogCompactor(folder, manifest, TimeProvider.System, NullLogger<LogCompactor>.Instance);
        store = new PredictionStore(folder, manifest, compactor, TimeProvider.System, NullLogger<PredictionStore>.Instance);
        artifacts = LocalArtifactStore.Open(folder.Store, TimeProvider.System, NullLogger<LocalArtifactStore>.Instance);
        writer = Open(folder, "host");
        outcomeWriter = Open(folder, "control");
        Outcomes = new OutcomeLog(outcomeWriter, TimeProvider.System);
        analysis = new PredictionAnalysis(store, folder);
        world = new TrafficWorld(Time);
        world.Groups.Clear();
        Store = new DriftStore(catalog.Records);
    }

    public SteppedTime Time { get; } = new(Now);

    public OutcomeLog Outcomes { get; }

    public DriftStore Store { get; }

    public DistanceScorer Scorer { get; } = new(Signature);

    public ReleasedService Service => world.Groups[0].Service;

    public DriftAnalyzer Analyzer => new(analysis, world, catalog.Runs, catalog.Datasets, artifacts, Scorer, Time);

    public DriftWatch Watch => new(Analyzer, Store, analysis, world, Time, NullLogger<DriftWatch>.Instance);

    public static List<Flight> Draw(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Flight.Draw(random))];
    }

    public Task<DriftReport> RunAsync(DriftRequest? request = null) => Analyzer.RunAsync(request ?? Request(), TestContext.Current.CancellationToken);

    public static DriftRequest Request(params string[] against) => new() { Service = "late", Environment = "prod", Until = Now, Against = [.. against.Select(DriftAgainst.Parse)] };

    /// <summary>A text file in the store.</summary>
    public Task<ArtifactRef> PutAsync(string text) => artifacts.PutBytesAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    public Task<ArtifactRef> PutAsync(IEnumerable<Flight> flights) => PutAsync(
        "origin,hour,distance,vector,late\n" + string.Concat(flights.Select(flight =>
            string.Create(CultureInfo.InvariantCulture, $"{flight.Origin},{flight.Hour},{flight.Distance},\"[{string.Join(", ", flight.Vector)}]\",{flight.Late}\n"))));

    public Task<DatasetVersion> AddDatasetAsync(ArtifactRef artifact) => catalog.Datasets.AddAsync(
        new DatasetVersion { Dataset = "flights", Number = 0, Artifact = artifact, Path = "data/flights.csv", RegisteredAt = Now, RegisteredBy = "ada", Commit = Commit }, TestContext.Current.CancellationToken);

    public async Task<RunId> AddRunAsync(string step, params RunInput[] inputs)
    {
        var run = await catalog.Runs.StartAsync(step, id => new Run
        {
            Id = id,
            Key = Digest.Of(Encoding.UTF8.GetBytes(id.ToString())),
            KeyParts = [],
            Status = RunStatus.Running,
            Commit = Commit,
            Command = step,
            Parameters = new Dictionary<string, JsonElement>(),
            Inputs = inputs,
            StartedAt = Now,
            Machine = "here",
            StartedBy = "ada",
            Sandbox = "plain",
        }, TestContext.Current.CancellationToken);
        await catalog.Runs.FinishAsync(run with { Status = RunStatus.Succeeded, FinishedAt = Now }, TestContext.Current.CancellationToken);
        return run.Id;
    }

    /// <summary>The usual lineage: a dataset, split into what trains and what tests, and a program that reads the first.</summary>
    public async Task DeployTrainedAsync(IEnumerable<Flight> training, CapturePolicy? capture = null)
    {
        var dataset = await AddDatasetAsync(await PutAsync(Draw(99, 100)));
        var split = await AddRunAsync("split", new RunInput("flights", "dataset:flights", dataset.Artifact, dataset.Number, null));
        var train = await AddRunAsync(
            "train",
            new RunInput("trainer", "compile/trainer", await PutAsync("#!/bin/sh\nexec trainer \"$@\"\n"), null, null),
            new RunInput("train", "split/train.csv", await PutAsync(training), null, split));
        Deploy(train, capture);
    }

    public void Deploy(RunId run, CapturePolicy? capture = null)
    {
        var model = new ModelVersion { Model = "late", Number = 1, Artifact = new ArtifactRef(ArtifactKind.Blob, Digest.Of("model"u8), 5), Signature = Signature, Run = run, CreatedAt = Now };
        Deploy(new ReleasedService { Name = "late", Model = model, Capture = capture ?? CapturePolicy.Default });
    }

    public void Deploy(ReleasedService service)
    {
        var number = world.Groups.Count + 1;
        world.Groups.Insert(0, new ServerGroup
        {
            Name = new ServerGroupName("late", "prod", number), Release = new ReleaseName(number), Service = service, Configuration = Digest.Of("{}"u8),
            Status = ServerGroupStatus.Enabled, Weight = Weight.All, CreatedAt = Now, CreatedBy = "ada",
        });
        context = new CaptureContext
        {
            ServerGroup = world.Groups[0].Name, Release = world.Groups[0].Release, Model = "late", ModelVersion = 1, ModelDigest = service.Digest, Configuration = Digest.Of("{}"u8), Signature = Signature,
        };
    }

    /// <summary>Asks them in order, evenly from one time to another.</summary>
    public List<PredictionId> Ask(IReadOnlyList<Flight> flights, DateTimeOffset since, DateTimeOffset until, Func<Flight, float>? answer = null)
    {
        var ids = new List<PredictionId>(flights.Count);
        for (var i = 0; i < flights.Count; i++)
            ids.Add(Ask(flights[i], since + ((until - since) * ((i + 0.5) / flights.Count)), answer is null ? flights[i].Distance / 1000 : answer(flights[i])));
        return ids;
    }

    public Task PostAsync(IReadOnlyList<PredictionId> ids, IReadOnlyList<Flight> flights) => Outcomes.PostAsync(
        [.. ids.Zip(flights).Select(pair => new Outcome(pair.First, JsonDocument.Parse($$"""{"late": {{pair.Second.Late}}}""").RootElement, Now))], TestContext.Current.CancellationToken);

    /// <summary>Nothing is appended any more.</summary>
    public async Task CompactAsync()
    {
        writer.Dispose();
        outcomeWriter.Dispose();
        await compactor.RunOnceAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        writer.Dispose();
        outcomeWriter.Dispose();
        store.Dispose();
        compactor.Dispose();
        manifest.Dispose();
        artifacts.Dispose();
        await catalog.DisposeAsync();
        root.Delete(recursive: true);
    }

    private static CommitState Commit => new(new string('a', 40), "main", null);

    private PredictionId Ask(Flight flight, DateTimeOffset at, float answer)
    {
        var time = (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        Span<byte> random = stackalloc byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(random[2..], ++sequence << 20);
        var entry = new CaptureEntry
        {
            Id = PredictionId.Create(time / 1000, random),
            TimeMicroseconds = time,
            LatencyMicroseconds = 300,
            Status = 200,
            Rows = 1,
            Inputs = [.. Text(flight.Origin), .. Block(TensorType.Int64, [1, 1], flight.Hour), .. Block(TensorType.Float32, [1, 1], flight.Distance), .. Block(TensorType.Float32, [1, 3], flight.Vector)],
            Outputs = Block(TensorType.Float32, [1, 1], answer),
        };
        while (!writer.TryAppend(context!, entry, out _))
            Thread.Yield();
        return entry.Id;
    }

    private static byte[] Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var data = new byte[sizeof(uint) + bytes.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(data, (uint)bytes.Length);
        bytes.CopyTo(data, sizeof(uint));
        return Block<byte>(TensorType.Bytes, [1, 1], data);
    }

    private static byte[] Block<T>(TensorType type, long[] shape, params T[] values)
        where T : unmanaged
    {
        var data = MemoryMarshal.AsBytes(values.AsSpan());
        var block = new byte[TensorBlock.HeaderSize(shape.Length) + data.Length];
        data.CopyTo(block.AsSpan(TensorBlock.WriteHeader(block, type, shape, data.Length)));
        return block;
    }

    private static SegmentWriter Open(StateFolder folder, string name) => SegmentWriter.Open(
        new SegmentWriterOptions { Folder = Path.Combine(folder.CaptureLog, name) }, TimeProvider.System, NullLogger<SegmentWriter>.Instance);
}
