using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Fairlead.Catalog;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Fairlead.Monitoring.Experiments;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Query;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Monitoring.Tests.Experiments;

/// <summary>A state folder of one test's own with real predictions and outcomes, and a desk over it.</summary>
internal sealed class ExperimentBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fairlead-experiments-");
    private readonly SqliteCatalog catalog;
    private readonly SegmentManifest manifest;
    private readonly LogCompactor compactor;
    private readonly PredictionStore store;
    private readonly SegmentWriter writer;
    private readonly SegmentWriter outcomeWriter;
    private readonly Dictionary<int, CaptureContext> contexts = [];
    private long sequence;

    public ExperimentBench()
    {
        var folder = new StateFolder(root.FullName);
        catalog = SqliteCatalog.Open(folder.CatalogFile, TimeProvider.System);
        manifest = new SegmentManifest(catalog.Segments);
        compactor = new LogCompactor(folder, manifest, TimeProvider.System, NullLogger<LogCompactor>.Instance);
        store = new PredictionStore(folder, manifest, compactor, TimeProvider.System, NullLogger<PredictionStore>.Instance);
        writer = Open(folder, "host");
        outcomeWriter = Open(folder, "control");
        Outcomes = new OutcomeLog(outcomeWriter, TimeProvider.System);
        Analysis = new PredictionAnalysis(store, folder);
        Traffic = new TrafficWorld(Time);
        Restart();
    }

    public SteppedTime Time { get; } = new(Start);

    public OutcomeLog Outcomes { get; }

    public PredictionAnalysis Analysis { get; }

    public IRecordCatalog Records => catalog.Records;

    public INoticeCatalog Notices => catalog.Notices;

    public TrafficWorld Traffic { get; }

    public ExperimentDesk Desk { get; private set; } = null!;

    public static ExperimentOrder Order => new()
    {
        Name = "calm",
        Service = "late",
        Environment = "prod",
        Control = "late-prod-v001",
        Treatments = ["late-prod-v002"],
        Metrics = ["score=avg(output.score)"],
        User = "ada",
    };

    /// <summary>The control plane ends and another begins.</summary>
    public void Restart()
    {
        Desk?.Dispose();
        Desk = new ExperimentDesk(Records, Traffic, Traffic, Analysis, Time, NullLogger<ExperimentDesk>.Instance);
    }

    /// <summary>One prediction of one row.</summary>
    /// <param name="arm">Number of the server group.</param>
    /// <param name="at">Null for now.</param>
    public PredictionId Add(int arm, string unit, float score, DateTimeOffset? at = null, RouteKind route = RouteKind.Unit, PredictionRole role = PredictionRole.Live)
    {
        if (!contexts.TryGetValue(arm, out var context))
            contexts[arm] = context = Context(arm);
        var time = ((at ?? Time.GetUtcNow()) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var block = Block(score);
        Span<byte> random = stackalloc byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(random[2..], ++sequence << 20);
        var entry = new CaptureEntry
        {
            Id = PredictionId.Create(time / 1000, random),
            TimeMicroseconds = time,
            LatencyMicroseconds = 300 + arm + (int)(sequence % 7),
            Status = 200,
            Role = role,
            Route = route,
            ShadowOf = role == PredictionRole.Shadow ? PredictionId.Create(time / 1000, random) : default,
            Rows = 1,
            Unit = Encoding.UTF8.GetBytes(unit),
            Inputs = block,
            Outputs = block,
        };
        while (!writer.TryAppend(context, entry, out _))
            Thread.Yield();
        return entry.Id;
    }

    public Task PostAsync(IEnumerable<(PredictionId Prediction, string Json, DateTimeOffset At)> outcomes) => Outcomes.PostAsync(
        [.. outcomes.Select(outcome => new Outcome(outcome.Prediction, JsonDocument.Parse(outcome.Json).RootElement, outcome.At))], TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Desk.Dispose();
        writer.Dispose();
        outcomeWriter.Dispose();
        store.Dispose();
        compactor.Dispose();
        manifest.Dispose();
        await catalog.DisposeAsync();
        root.Delete(recursive: true);
    }

    private static SegmentWriter Open(StateFolder folder, string name) => SegmentWriter.Open(
        new SegmentWriterOptions { Folder = Path.Combine(folder.CaptureLog, name) }, TimeProvider.System, NullLogger<SegmentWriter>.Instance);

    private static byte[] Block(float value)
    {
        var block = new byte[TensorBlock.HeaderSize(2) + sizeof(float)];
        var header = TensorBlock.WriteHeader(block, TensorType.Float32, [1, 1], sizeof(float));
        BinaryPrimitives.WriteSingleLittleEndian(block.AsSpan(header), value);
        return block;
    }

    private static CaptureContext Context(int number) => new()
    {
        ServerGroup = new ServerGroupName("late", "prod", number),
        Release = new ReleaseName(number),
        Model = "late",
        ModelVersion = number,
        ModelDigest = Digest.Of(Encoding.UTF8.GetBytes($"late {number}")),
        Configuration = Digest.Of("{}"u8),
        Signature = new Signature([new TensorSpec("distance", TensorType.Float32, [-1, 1])], [new TensorSpec("score", TensorType.Float32, [-1, 1])]),
    };
}
