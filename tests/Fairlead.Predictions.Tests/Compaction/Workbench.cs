using System.Buffers.Binary;
using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Query.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Predictions.Tests.Compaction;

/// <summary>A state folder of one test's own with a writer, a compactor and a query over it.</summary>
internal sealed class Workbench : IDisposable
{
    public const long Noon = 1_000_000_000_000_000 - (1_000_000_000_000_000 % 86_400_000_000) + 43_200_000_000;
    private readonly DirectoryInfo root;
    private readonly bool ownsFolder;
    private SegmentWriter? writer;
    private long sequence;

    private readonly QueryWorkerOptions? workerOptions;
    private QueryWorkers? workers;

    /// <param name="folder">Null makes one, which is removed at the end; the catalog of a given one lies in a file.</param>
    /// <param name="workers">Queries are computed by processes of their own; null computes them here.</param>
    public Workbench(string? folder = null, QueryWorkerOptions? workers = null)
    {
        workerOptions = workers;
        root = folder is null ? Directory.CreateTempSubdirectory("fairlead-predictions-") : new DirectoryInfo(folder);
        ownsFolder = folder is null;
        Folder = new StateFolder(root.FullName);
        Catalog = new MemorySegmentCatalog(folder is null ? null : Path.Combine(folder, "manifest.json"));
        Start();
    }

    public StateFolder Folder { get; }

    public MemorySegmentCatalog Catalog { get; }

    public LogCompactor Compactor { get; private set; } = null!;

    public PredictionStore Store { get; private set; } = null!;

    public QueryWorkers Workers => workers ?? throw new InvalidOperationException("The bench has no workers.");

    /// <summary>What queries know beside the predictions.</summary>
    public CatalogTables? Tables { get; set; }

    public PredictionQuery Query => new(Store, Tables);

    public PredictionLookup Lookup => new(Store);

    public SegmentWriter Writer => writer ??= Open("host");

    public SegmentManifest Manifest { get; private set; } = null!;

    public static CaptureContext Flights(int number = 1, string environment = "prod") => Context(
        "late",
        environment,
        number,
        [new TensorSpec("origin", TensorType.Bytes, [-1, 1]), new TensorSpec("hour", TensorType.Int64, [-1]), new TensorSpec("distance", TensorType.Float32, [-1, 1])],
        [new TensorSpec("late", TensorType.Float32, [-1, 1])]);

    public static CaptureContext Context(string service, string environment, int number, TensorSpec[] inputs, TensorSpec[] outputs) => new()
    {
        ServerGroup = new ServerGroupName(service, environment, number),
        Release = new ReleaseName(number),
        Model = service,
        ModelVersion = number,
        ModelDigest = Digest.Of(Encoding.UTF8.GetBytes($"{service} {number}")),
        Configuration = Digest.Of("{}"u8),
        Signature = new Signature(inputs, outputs),
    };

    /// <summary>What a control plane does when it begins: nothing is kept but files and catalog.</summary>
    public void Start()
    {
        Store?.Dispose();
        Compactor?.Dispose();
        Manifest?.Dispose();
        Manifest = new SegmentManifest(Catalog);
        Compactor = new LogCompactor(Folder, Manifest, TimeProvider.System, NullLogger<LogCompactor>.Instance);
        workers?.Dispose();
        workers = workerOptions is null ? null : new QueryWorkers(Folder, workerOptions, TimeProvider.System, NullLogger<QueryWorkers>.Instance);
        Store = new PredictionStore(Folder, Manifest, Compactor, TimeProvider.System, NullLogger<PredictionStore>.Instance, workers);
    }

    public SegmentWriter Open(string name, int segmentBytes = SegmentWriterOptions.DefaultSegmentBytes) => SegmentWriter.Open(
        new SegmentWriterOptions { Folder = Path.Combine(Folder.CaptureLog, name), SegmentBytes = segmentBytes },
        TimeProvider.System,
        NullLogger<SegmentWriter>.Instance);

    /// <summary>Seals what was written.</summary>
    public void Seal()
    {
        writer?.Dispose();
        writer = null;
    }

    /// <summary>Seals and compacts.</summary>
    public async Task<CompactionReport> CompactAsync()
    {
        Seal();
        return await Compactor.RunOnceAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>An id of that time that no other call returned.</summary>
    public PredictionId NewId(long timeMicroseconds)
    {
        Span<byte> bytes = stackalloc byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(bytes[2..], Interlocked.Increment(ref sequence) << 20);
        return PredictionId.Create(timeMicroseconds / 1000, bytes);
    }

    /// <summary>Appends one flight.</summary>
    public PredictionId AppendFlight(CaptureContext context, string origin, long hour, float late, long time = Noon, string unit = "")
    {
        var id = NewId(time);
        Append(context, id, 1, new Blocks().AddText([1, 1], origin).Add(TensorType.Int64, [1], hour).Add(TensorType.Float32, [1, 1], hour * 10f).Bytes, new Blocks().Add(TensorType.Float32, [1, 1], late).Bytes, time, unit: unit);
        return id;
    }

    public void Append(CaptureContext context, PredictionId id, int rows, byte[] inputs, byte[] outputs, long time = Noon, string error = "", int status = 200, string unit = "", PredictionId shadowOf = default)
    {
        var entry = new CaptureEntry
        {
            Id = id,
            TimeMicroseconds = time,
            LatencyMicroseconds = 321,
            Status = status,
            Role = shadowOf.IsSet ? PredictionRole.Shadow : PredictionRole.Live,
            ShadowOf = shadowOf,
            Rows = rows,
            Unit = Encoding.UTF8.GetBytes(unit),
            Error = Encoding.UTF8.GetBytes(error),
            Inputs = inputs,
            Outputs = outputs,
        };
        Assert.True(Writer.TryAppend(context, entry, out _));
    }

    public async Task<List<object?[]>> AskAsync(string sql, QueryOptions? options = null)
    {
        await using var result = await Query.RunAsync(sql, options ?? new QueryOptions(), TestContext.Current.CancellationToken);
        var rows = new List<object?[]>();
        await foreach (var row in result.ReadRowsAsync(TestContext.Current.CancellationToken))
            rows.Add(row);
        return rows;
    }

    public async Task<object?> AskOneAsync(string sql) => Assert.Single(Assert.Single(await AskAsync(sql)));

    public void Dispose()
    {
        Seal();
        workers?.Dispose();
        Store.Dispose();
        Compactor.Dispose();
        Manifest.Dispose();
        if (ownsFolder)
            root.Delete(recursive: true);
    }
}
