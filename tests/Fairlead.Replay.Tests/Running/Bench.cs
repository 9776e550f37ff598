using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Fairlead.Artifacts;
using Fairlead.Catalog;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Scoring;
using Fairlead.Inference;
using Fairlead.Inference.Chains;
using Fairlead.Inference.Scoring;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Query;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Running;
using Fairlead.Replay.Targets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Replay.Tests.Running;

/// <summary>A state folder with real catalog, store, log and engine. What one process leaves in it another can open.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2001, 1, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly OnnxModelRuntime runtime = new();
    private readonly SegmentManifest manifest;
    private readonly LogCompactor compactor;
    private readonly PredictionStore predictions;
    private readonly bool ownsFolder;
    private SegmentWriter? writer;
    private long sequence;

    public Bench(string? root = null)
    {
        ownsFolder = root is null;
        State = new StateFolder(root ?? Directory.CreateTempSubdirectory("fairlead-replay-").FullName);
        Directory.CreateDirectory(State.Root);
        Catalog = SqliteCatalog.Open(State.CatalogFile, TimeProvider.System);
        Store = LocalArtifactStore.Open(State.Store, TimeProvider.System, NullLogger<LocalArtifactStore>.Instance);
        manifest = new SegmentManifest(Catalog.Segments);
        compactor = new LogCompactor(State, manifest, TimeProvider.System, NullLogger<LogCompactor>.Instance);
        predictions = new PredictionStore(State, manifest, compactor, TimeProvider.System, NullLogger<PredictionStore>.Instance);
        Workspace = new FixedWorkspace(State.ProjectRoot);
        Scorers = new ModelScorerFactory(runtime, Store, TimeProvider.System);
        Replays = new ReplayCatalog(Catalog.Records, Store);
    }

    public StateFolder State { get; }

    public SqliteCatalog Catalog { get; }

    public LocalArtifactStore Store { get; }

    public FixedWorkspace Workspace { get; }

    /// <summary>What the engine scores with.</summary>
    public IScorerFactory Scorers { get; set; }

    public ReplayCatalog Replays { get; }

    public FixedConfigurations Configurations { get; } = new();

    public PredictionAnalysis Analysis => new(predictions, State);

    public PredictionQuery Query => new(predictions);

    public ReplayEngine Engine(int workers = 2, int chunkRows = 131_072, int judgedRows = 1_000_000) => new(
        Analysis,
        new TargetResolver(Catalog.Releases, Catalog.ServerGroups, Catalog.Models, Catalog.Runs, Workspace, Store, runtime, new ChainInspector(), Configurations),
        Scorers,
        new JudgingRules(Workspace),
        Replays,
        Store,
        new ReplayOptions { Folder = State.Replays, Workers = workers, ChunkRows = chunkRows, JudgedRows = judgedRows },
        TimeProvider.System,
        NullLogger<ReplayEngine>.Instance);

    public static ReplayOrder Order(string? target = null) => new() { Service = "late", From = "prod", Since = Noon.AddDays(-30), Until = Noon.AddDays(30), Target = target };

    public async Task<ModelVersion> AddModelAsync(byte[] content, string name = "late", int run = 1)
    {
        var artifact = await Store.PutBytesAsync(content, CancellationToken.None);
        return await Catalog.Models.AddAsync(
            new ModelVersion
            {
                Model = name,
                Number = 1,
                Artifact = artifact,
                Signature = runtime.Inspect(Store.PathOf(artifact.Digest), name),
                Run = new RunId("train", run),
                CreatedAt = Noon,
            },
            CancellationToken.None);
    }

    public Task<Release> AddReleaseAsync(params ReleasedService[] services) => Catalog.Releases.AddAsync(
        name => new Release
        {
            Name = name,
            Commit = new CommitState("0123456789abcdef", "main", null),
            ProjectFile = new ArtifactRef(ArtifactKind.Blob, Digest.Of("{}"u8), 2),
            Services = services,
            CreatedAt = Noon,
            CreatedBy = "test",
        },
        CancellationToken.None);

    /// <summary>Predictions as a host would have recorded them, answered by that model: one every second from noon.</summary>
    public async Task<List<PredictionId>> RecordAsync(ModelVersion model, int count, int seed = 1, int first = 0, int rowsPerRequest = 1)
    {
        var ids = new List<PredictionId>();
        var random = new Random(seed);
        await using var scorer = await Scorers.OpenAsync(new ReleasedService { Name = "late", Model = model }, CancellationToken.None);
        for (var i = 0; i < count; i += rowsPerRequest)
        {
            var inputs = Inputs(model.Signature, rowsPerRequest, random);
            var outputs = new ArrayBufferWriter<byte>();
            await scorer.ScoreAsync(rowsPerRequest, inputs, outputs, CancellationToken.None);
            var id = Append(Context(model), rowsPerRequest, inputs, outputs.WrittenSpan, Noon.AddSeconds(first + i));
            for (var row = 0; row < rowsPerRequest; row++)
                ids.Add(id.OfRow(row));
        }

        return ids;
    }

    public CaptureContext Context(ModelVersion model, string environment = "prod") => new()
    {
        ServerGroup = new ServerGroupName("late", environment, model.Number),
        Release = new ReleaseName(model.Number),
        Model = model.Model,
        ModelVersion = model.Number,
        ModelDigest = model.Artifact.Digest,
        Configuration = Digest.Of("{}"u8),
        Signature = model.Signature,
    };

    public PredictionId Append(CaptureContext context, int rows, ReadOnlySpan<byte> inputs, ReadOnlySpan<byte> outputs, DateTimeOffset time, int status = 200, string error = "")
    {
        writer ??= SegmentWriter.Open(new SegmentWriterOptions { Folder = Path.Combine(State.CaptureLog, "host") }, TimeProvider.System, NullLogger<SegmentWriter>.Instance);
        Span<byte> bytes = stackalloc byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(bytes[2..], Interlocked.Increment(ref sequence) << 20);
        var entry = new CaptureEntry
        {
            Id = PredictionId.Create(time.ToUnixTimeMilliseconds(), bytes),
            TimeMicroseconds = time.ToUnixTimeMilliseconds() * 1000,
            LatencyMicroseconds = 500,
            Status = status,
            Rows = rows,
            Error = Encoding.UTF8.GetBytes(error),
            Inputs = inputs,
            Outputs = outputs,
        };
        Assert.True(writer.TryAppend(context, entry, out _));
        return entry.Id;
    }

    /// <summary>Makes files of what was recorded.</summary>
    public async Task CompactAsync()
    {
        writer?.Dispose();
        writer = null;
        await compactor.RunOnceAsync(CancellationToken.None);
    }

    /// <summary>What turned out to be true.</summary>
    public async Task PostAsync(IEnumerable<(PredictionId Prediction, string Json)> outcomes)
    {
        using var log = SegmentWriter.Open(new SegmentWriterOptions { Folder = Path.Combine(State.CaptureLog, "control"), SegmentBytes = 8 << 20 }, TimeProvider.System, NullLogger<SegmentWriter>.Instance);
        await new OutcomeLog(log, TimeProvider.System).PostAsync([.. outcomes.Select(outcome => new Outcome(outcome.Prediction, JsonElement.Parse(outcome.Json)))], CancellationToken.None);
    }

    public async Task<List<object?[]>> AskAsync(string sql)
    {
        await using var result = await Query.RunAsync(sql, new QueryOptions(), CancellationToken.None);
        var rows = new List<object?[]>();
        await foreach (var row in result.ReadRowsAsync(CancellationToken.None))
            rows.Add(row);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        writer?.Dispose();
        predictions.Dispose();
        compactor.Dispose();
        manifest.Dispose();
        Store.Dispose();
        await Catalog.DisposeAsync();
        runtime.Dispose();
        if (ownsFolder)
            Directory.Delete(State.ProjectRoot, recursive: true);
    }

    private static byte[] Inputs(Signature signature, int rows, Random random)
    {
        var block = new ArrayBufferWriter<byte>();
        foreach (var spec in signature.Inputs)
        {
            var data = new ArrayBufferWriter<byte>();
            for (var row = 0; row < rows; row++)
                data.Write(Element(spec.Type, random));
            long[] shape = [.. spec.Shape.Select((dimension, axis) => axis == 0 ? rows : dimension)];
            block.Advance(TensorBlock.WriteHeader(block.GetSpan(TensorBlock.HeaderSize(shape.Length)), spec.Type, shape, data.WrittenCount));
            block.Write(data.WrittenSpan);
        }

        return block.WrittenSpan.ToArray();
    }

    private static byte[] Element(TensorType type, Random random)
    {
        var text = Encoding.UTF8.GetBytes(new[] { "SFO", "LAX", "JFK", "Reykjavík-Keflavík" }[random.Next(4)]);
        return type switch
        {
            TensorType.Bytes => [.. BitConverter.GetBytes(text.Length), .. text],
            TensorType.Int64 => BitConverter.GetBytes((long)random.Next(24)),
            _ => BitConverter.GetBytes(random.NextSingle() * 1000),
        };
    }
}
