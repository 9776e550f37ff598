using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Predictions.Tests.Keeping;

/// <summary>A workbench with everything that keeps its files in order.</summary>
internal sealed class KeepingBench : IDisposable
{
    public const long Day = 86_400_000_000;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="folder">See <see cref="Workbench"/>.</param>
    public KeepingBench(string? folder = null)
    {
        Log = new Workbench(folder);
        Records = new MemoryRecordCatalog(folder is null ? null : Path.Combine(folder, "records.json"));
        Start();
    }

    public Workbench Log { get; }

    public MemoryRecordCatalog Records { get; }

    public MemoryCatalogs Catalogs { get; } = new();

    public FileSwitch Switch { get; private set; } = null!;

    public FileMerger Merger { get; private set; } = null!;

    public RetentionKeeper Retention { get; private set; } = null!;

    public UnitErasure Erasure { get; private set; } = null!;

    public PredictionCheck Check => new(Log.Folder, Log.Manifest);

    public FileQuarantine Quarantine => new(Log.Folder, Log.Manifest, Switch, NullLogger<FileQuarantine>.Instance);

    public PredictionInventory Inventory => new(Log.Folder, Log.Manifest);

    public ErasedPredictions Erased => new(Log.Folder, Records);

    public MergeOptions Options { get; set; } = new() { HealthyBytes = 1 << 20, HealthyRows = 100_000, FanIn = 4, SmallestBytes = 64 << 10 };

    /// <summary>What a control plane does when it begins; everything else that runs is as if killed.</summary>
    public void Start(TimeProvider? time = null)
    {
        Erasure?.Dispose();
        Log.Start();
        var clock = time ?? TimeProvider.System;
        Switch = new FileSwitch(Log.Folder, Log.Manifest, TimeProvider.System, NullLogger<FileSwitch>.Instance);
        Merger = new FileMerger(Log.Folder, Log.Manifest, Switch, clock, NullLogger<FileMerger>.Instance) { Options = Options };
        Retention = new RetentionKeeper(Log.Folder, Log.Manifest, Log.Compactor, Switch, Catalogs, clock, NullLogger<RetentionKeeper>.Instance);
        Erasure = new UnitErasure(Log.Folder, Log.Manifest, Log.Compactor, Log.Store, Switch, Records, TimeProvider.System, NullLogger<UnitErasure>.Instance);
    }

    public void Dispose()
    {
        Erasure.Dispose();
        Log.Dispose();
    }

    /// <summary>Makes so many files of one partition.</summary>
    public async Task<List<PredictionId>> FillAsync(int files, int rows, CaptureContext? context = null, long start = Workbench.Noon, Func<int, string>? unit = null)
    {
        var ids = new List<PredictionId>();
        for (var file = 0; file < files; file++)
        {
            for (var row = 0; row < rows; row++)
                ids.Add(Log.AppendFlight(context ?? Workbench.Flights(), "SFO", row, 0.5f, start + (file * 1_000_000L) + row, unit?.Invoke((file * rows) + row) ?? ""));
            await Log.CompactAsync();
        }

        return ids;
    }

    /// <summary>A service's newest server group in an environment, with how long it keeps predictions.</summary>
    public void Deploy(string environment, TimeSpan? retention, int number = 1, bool isEnabled = true) => Catalogs.ServerGroups.Add(new ServerGroup
    {
        Name = new ServerGroupName("late", environment, number),
        Release = new ReleaseName(number),
        Service = new ReleasedService { Name = "late", Capture = new CapturePolicy { Retention = retention } },
        Configuration = Digest.Of("{}"u8),
        Status = ServerGroupStatus.Enabled,
        Weight = default,
        CreatedAt = DateTimeOffset.UnixEpoch,
        CreatedBy = "test",
        EnabledAt = isEnabled ? DateTimeOffset.UnixEpoch : null,
    });

    /// <summary>Finishes what is pending, as a control plane that starts does.</summary>
    public async Task SettleAsync()
    {
        (await Switch.EnterAsync(Cancellation)).Dispose();
        await Switch.DrainAsync(Cancellation);
    }

    /// <summary>Rows that somebody who reads the folder as plain Parquet sees, who reads again when a file of the list was replaced before it was opened.</summary>
    public (long Rows, long Distinct) ReadPlainly(string part = "predictions", string column = "id")
    {
        while (true)
        {
            var listed = PlainFiles(part);
            try
            {
                return CountPlainly(part, column);
            }
            catch (DuckDbException) when (!listed.TrueForAll(File.Exists))
            {
            }
        }
    }

    private (long Rows, long Distinct) CountPlainly(string part, string column)
    {
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        var glob = Path.Combine(Log.Folder.Predictions, part, "**", "*.parquet");
        if (PlainFiles(part).Count == 0)
            return (0, 0);
        using var result = connection.Query($"select count(*), count(distinct {column}) from read_parquet('{glob}', hive_partitioning = true, union_by_name = true)");
        Assert.True(result.Read());
        return ((long)result.Value(0)!, (long)result.Value(1)!);
    }

    /// <summary>As a program that reads whole folders lists them: all but what begins with a dot.</summary>
    public List<string> PlainFiles(string part = "predictions")
    {
        var root = Path.Combine(Log.Folder.Predictions, part);
        return Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(path => !Path.GetFileName(path).StartsWith('.'))]
            : [];
    }

    public List<string> HiddenFiles() => Directory.Exists(Log.Folder.Predictions)
        ? [.. Directory.EnumerateFiles(Log.Folder.Predictions, ".*", SearchOption.AllDirectories)]
        : [];
}
