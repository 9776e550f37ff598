using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Artifacts;
using Fairlead.Catalog;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Inference;
using Fairlead.Inference.Chains;
using Fairlead.Inference.Scoring;
using Fairlead.OnnxRuntime;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Query;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Running;
using Fairlead.Replay.Targets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Bench.Replaying;

/// <summary>A state folder with a million recorded predictions of one model, an engine that replays them, and the same rows in memory for a bare loop.</summary>
internal sealed class ReplayWorkbench : IWorkspace, IServiceConfigurations, IAsyncDisposable
{
    private const int BlockRows = 2048;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly StateFolder state;
    private readonly TimeProvider time;
    private readonly SqliteCatalog catalog;
    private readonly LocalArtifactStore store;
    private readonly OnnxModelRuntime runtime = new();
    private readonly SegmentManifest manifest;
    private readonly LogCompactor compactor;
    private readonly PredictionStore predictions;
    private readonly ReplayCatalog replays;
    private readonly List<byte[]> blocks = [];
    private string modelPath = "";

    public ReplayWorkbench(string root, TimeProvider time)
    {
        this.time = time;
        state = new StateFolder(root);
        Directory.CreateDirectory(state.Root);
        catalog = SqliteCatalog.Open(state.CatalogFile, time);
        store = LocalArtifactStore.Open(state.Store, time, NullLogger<LocalArtifactStore>.Instance);
        manifest = new SegmentManifest(catalog.Segments);
        compactor = new LogCompactor(state, manifest, time, NullLogger<LogCompactor>.Instance);
        predictions = new PredictionStore(state, manifest, compactor, time, NullLogger<PredictionStore>.Instance);
        replays = new ReplayCatalog(catalog.Records, store);
    }

    public string Root => state.ProjectRoot;

    /// <summary>Records rows in blocks, as a client with batches would have had them answered.</summary>
    public async Task RecordAsync(byte[] content, int rows, CancellationToken cancellationToken)
    {
        var artifact = await store.PutBytesAsync(content, cancellationToken);
        modelPath = store.PathOf(artifact.Digest);
        var model = await catalog.Models.AddAsync(
            new ModelVersion { Model = "score", Number = 1, Artifact = artifact, Signature = runtime.Inspect(modelPath, "score"), Run = new RunId("train", 1), CreatedAt = Start },
            cancellationToken);
        var random = new Random(1);
        await using var scorer = await new ModelScorerFactory(runtime, store, time).OpenAsync(new ReleasedService { Name = "score", Model = model }, cancellationToken);
        await using (var writer = SegmentWriter.Open(new SegmentWriterOptions { Folder = Path.Combine(state.CaptureLog, "host") }, time, NullLogger<SegmentWriter>.Instance))
        {
            for (var first = 0; first < rows; first += BlockRows)
            {
                var block = Block(random);
                var outputs = new ArrayBufferWriter<byte>();
                await scorer.ScoreAsync(BlockRows, block, outputs, cancellationToken);
                Append(writer, model, first, block, outputs.WrittenSpan);
                blocks.Add(block);
            }
        }

        await compactor.RunOnceAsync(cancellationToken);
    }

    public int Rows => blocks.Count * BlockRows;

    /// <returns>Seconds of scoring, and of everything from order to report.</returns>
    public async Task<(double Scoring, double Whole)> ReplayAsync(CancellationToken cancellationToken)
    {
        var engine = new ReplayEngine(
            new PredictionAnalysis(predictions, state),
            new TargetResolver(catalog.Releases, catalog.ServerGroups, catalog.Models, catalog.Runs, this, store, runtime, new ChainInspector(), this),
            new ModelScorerFactory(runtime, store, time),
            new JudgingRules(this),
            replays,
            store,
            new ReplayOptions { Folder = state.Replays },
            time,
            NullLogger<ReplayEngine>.Instance);
        var started = Stopwatch.GetTimestamp();
        var order = new ReplayOrder { Service = "score", From = "prod", Since = Start, Until = Start.AddYears(1), Target = "score@1" };
        var record = await engine.RunAsync(order, _ => { }, cancellationToken);
        var whole = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return record.Plan.Rows == Rows && record.Metrics["replay.identical"] >= 1
            ? (record.Seconds, whole)
            : throw new BenchException($"The replay of {Rows} rows scored {record.Plan.Rows}, and {record.Metrics["replay.identical"]:P} are the same.");
    }

    /// <summary>The engine's own calls over the rows in memory, on as many threads as a replay has.</summary>
    public async Task<double> LoopAsync()
    {
        using var session = OnnxSession.Open(modelPath);
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, new ReplayOptions { Folder = "" }.Workers).Select(_ => Task.Run(Loop)));
        return Stopwatch.GetElapsedTime(started).TotalSeconds;

        void Loop()
        {
            using var call = session.CreateCall();
            var answer = new byte[BlockRows * sizeof(float)];
            for (var at = Interlocked.Increment(ref next); at < blocks.Count; at = Interlocked.Increment(ref next))
            {
                ReadOnlySpan<byte> rest = blocks[at];
                for (var input = 0; TensorBlock.TryRead(ref rest, out var tensor); input++)
                    call.SetInput(input, [BlockRows, 1], tensor.Data);
                call.Run();
                call.CopyOutput(0, answer);
                call.ReleaseOutputs();
            }
        }
    }

    /// <summary>A model has no configuration.</summary>
    public Task<ReleasedService> ConfigureAsync(Release release, ReleasedService service, string environment, CancellationToken cancellationToken) => Task.FromResult(service);

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ProjectSnapshot(new ProjectDefinition { Name = "bench" }, "", new CommitState("0", null, null)));

    public async ValueTask DisposeAsync()
    {
        predictions.Dispose();
        compactor.Dispose();
        manifest.Dispose();
        store.Dispose();
        await catalog.DisposeAsync();
        runtime.Dispose();
        Directory.Delete(state.ProjectRoot, recursive: true);
    }

    private static byte[] Block(Random random)
    {
        var block = new ArrayBufferWriter<byte>();
        var texts = new ArrayBufferWriter<byte>();
        for (var row = 0; row < BlockRows; row++)
        {
            var text = Encoding.UTF8.GetBytes(ReplayModels.Place(random.Next(200)));
            BinaryPrimitives.WriteInt32LittleEndian(texts.GetSpan(sizeof(int)), text.Length);
            texts.Advance(sizeof(int));
            texts.Write(text);
        }

        Add(TensorType.Bytes, texts.WrittenSpan);
        var numbers = new float[BlockRows];
        for (var feature = 0; feature < ReplayModels.Features; feature++)
        {
            for (var row = 0; row < BlockRows; row++)
                numbers[row] = MathF.Round(random.NextSingle(), 3);
            Add(TensorType.Float32, MemoryMarshal.AsBytes<float>(numbers));
        }

        return block.WrittenSpan.ToArray();

        void Add(TensorType type, ReadOnlySpan<byte> data)
        {
            block.Advance(TensorBlock.WriteHeader(block.GetSpan(TensorBlock.HeaderSize(2)), type, [BlockRows, 1], data.Length));
            block.Write(data);
        }
    }

    private static void Append(SegmentWriter writer, ModelVersion model, int first, byte[] inputs, ReadOnlySpan<byte> outputs)
    {
        var at = Start.AddMilliseconds(first * 10L);
        Span<byte> bytes = stackalloc byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(bytes[2..], (long)first << 20);
        var context = new CaptureContext
        {
            ServerGroup = new ServerGroupName("score", "prod", 1),
            Release = new ReleaseName(1),
            Model = "score",
            ModelVersion = 1,
            ModelDigest = model.Artifact.Digest,
            Configuration = Digest.Of("{}"u8),
            Signature = model.Signature,
        };
        var entry = new CaptureEntry
        {
            Id = PredictionId.Create(at.ToUnixTimeMilliseconds(), bytes),
            TimeMicroseconds = at.ToUnixTimeMilliseconds() * 1000,
            LatencyMicroseconds = 400,
            Status = 200,
            Rows = BlockRows,
            Inputs = inputs,
            Outputs = outputs,
        };
        if (!writer.TryAppend(context, entry, out _))
            throw new BenchException("A prediction was not recorded: the disk is full.");
    }
}
