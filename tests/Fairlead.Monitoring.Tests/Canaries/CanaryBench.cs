using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Fairlead.Artifacts;
using Fairlead.Catalog;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Fairlead.Monitoring.Canaries;
using Fairlead.Monitoring.Canaries.Metrics;
using Fairlead.Monitoring.Canaries.Settings;
using Fairlead.Monitoring.Tests.Experiments;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Query;
using Fairlead.Statistics.Canary;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Monitoring.Tests.Canaries;

/// <summary>A state folder of one test's own with real predictions of two server groups, and a desk that judges them.</summary>
internal sealed class CanaryBench : IAsyncDisposable
{
    public const int Live = 1;
    public const int Candidate = 2;
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("fairlead-canaries-");
    private readonly SqliteCatalog catalog;
    private readonly SegmentManifest manifest;
    private readonly LogCompactor compactor;
    private readonly PredictionStore store;
    private readonly SegmentWriter writer;
    private readonly SegmentWriter outcomeWriter;
    private readonly OutcomeLog outcomes;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Dictionary<int, CaptureContext> contexts = [];
    private long sequence;

    /// <param name="samples">What hosts said; null for nothing yet.</param>
    public CanaryBench(HostSamples? samples = null)
    {
        Samples = samples ?? new HostSamples();
        var folder = new StateFolder(root.FullName);
        catalog = SqliteCatalog.Open(folder.CatalogFile, TimeProvider.System);
        manifest = new SegmentManifest(catalog.Segments);
        compactor = new LogCompactor(folder, manifest, TimeProvider.System, NullLogger<LogCompactor>.Instance);
        store = new PredictionStore(folder, manifest, compactor, TimeProvider.System, NullLogger<PredictionStore>.Instance);
        writer = Open(folder, "host");
        outcomeWriter = Open(folder, "control");
        outcomes = new OutcomeLog(outcomeWriter, TimeProvider.System);
        Artifacts = LocalArtifactStore.Open(folder.Store, TimeProvider.System);
        Desk = new CanaryDesk(
            new PredictionAnalysis(store, folder), Samples, http, name => name == "PROMETHEUS_KEY" ? "s3cret" : null, catalog.Records, Artifacts, TimeProvider.System, NullLogger<CanaryDesk>.Instance);
    }

    public HostSamples Samples { get; }

    public LocalArtifactStore Artifacts { get; }

    public IRecordCatalog Records => catalog.Records;

    public CanaryDesk Desk { get; }

    public ProjectDefinition Project { get; set; } = new() { Name = "p" };

    public SteppedTime Time { get; } = new(Start + TimeSpan.FromMinutes(10));

    /// <summary>Sixty points of both sides.</summary>
    public static CanaryWindow Window(int look = 1, int looks = 1) => new(Start, Start + (60 * Step), Step, look, looks);

    public static ServerGroupName Group(int number) => new("late", "prod", number);

    public static CanaryScope Scope(bool isShadow = false) => new()
    {
        Service = "late",
        Environment = "prod",
        Control = Group(Live),
        Experiment = Group(Candidate),
        IsShadow = isShadow,
        ControlShare = 0.5,
        ExperimentShare = 0.5,
        Window = Window(),
    };

    /// <summary>Judges by the metrics of those names.</summary>
    public Task<CanaryReport> JudgeAsync(params string[] metrics) => JudgeAsync(Scope(), metrics);

    public Task<CanaryReport> JudgeAsync(CanaryScope scope, params string[] metrics) => Desk.JudgeAsync(
        new CanaryOrder { Scope = scope, Plan = AnalysisPlanner.Plan(Project, metrics, TimeSpan.FromMinutes(10), ["late"], scope.IsShadow) }, TestContext.Current.CancellationToken);

    /// <summary>What a side answers over the window: so many requests in each step.</summary>
    /// <param name="answer">Latency in microseconds, status and score of a request, by its number and a random number.</param>
    public List<PredictionId> Add(int group, int perStep, Func<int, Random, (int Latency, int Status, float Score)> answer, int seed = 1, PredictionRole role = PredictionRole.Live, IReadOnlyList<PredictionId>? shadowOf = null)
    {
        var random = new Random(seed + group);
        var ids = new List<PredictionId>();
        for (var i = 0; i < 60 * perStep; i++)
        {
            var (latency, status, score) = answer(i, random);
            var at = Start + (Step * (i / perStep)) + (Step * ((i % perStep) + 0.5) / perStep);
            ids.Add(Add(group, at, latency, status, score, $"u{group}-{i}", role, shadowOf?[i] ?? default));
        }

        return ids;
    }

    public PredictionId Add(int group, DateTimeOffset at, int latency, int status, float score, string unit, PredictionRole role = PredictionRole.Live, PredictionId shadowOf = default)
    {
        if (!contexts.TryGetValue(group, out var context))
            contexts[group] = context = Context(group);
        var time = (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        Span<byte> random = stackalloc byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(random[2..], ++sequence << 20);
        var block = Block(score);
        var entry = new CaptureEntry
        {
            Id = PredictionId.Create(time / 1000, random),
            TimeMicroseconds = time,
            LatencyMicroseconds = latency,
            Status = status,
            Role = role,
            ShadowOf = shadowOf,
            Rows = 1,
            Unit = Encoding.UTF8.GetBytes(unit),
            Inputs = block,
            Outputs = status < 400 ? block : [],
        };
        while (!writer.TryAppend(context, entry, out _))
            Thread.Yield();
        return entry.Id;
    }

    public Task PostAsync(IEnumerable<(PredictionId Prediction, bool Late)> known) => outcomes.PostAsync(
        [.. known.Select(outcome => new Outcome(outcome.Prediction, JsonSerializer.SerializeToElement(new { late = outcome.Late ? 1 : 0 }), Start + TimeSpan.FromMinutes(20)))], TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        writer.Dispose();
        outcomeWriter.Dispose();
        store.Dispose();
        compactor.Dispose();
        manifest.Dispose();
        Artifacts.Dispose();
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
        ServerGroup = Group(number),
        Release = new ReleaseName(number),
        Model = "late",
        ModelVersion = number,
        ModelDigest = Digest.Of(Encoding.UTF8.GetBytes($"late {number}")),
        Configuration = Digest.Of("{}"u8),
        Signature = new Signature([new TensorSpec("distance", TensorType.Float32, [-1, 1])], [new TensorSpec("score", TensorType.Float32, [-1, 1])]),
    };
}
