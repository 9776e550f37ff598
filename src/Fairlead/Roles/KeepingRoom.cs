using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Keeping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts together what keeps the predictions folder in order.</summary>
internal sealed class KeepingRoom : IDisposable
{
    private readonly StateFolder state;
    private readonly SegmentManifest manifest;
    private readonly FileSwitch files;
    private readonly UnitErasure erasure;
    private readonly FileMerger merger;
    private readonly RetentionKeeper retention;
    private readonly ErasedPredictions erased;
    private readonly PredictionCheck check;
    private readonly PredictionCheckRecords checks;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;

    public KeepingRoom(ControlRooms rooms, SegmentManifest manifest, StateFolder state, TimeProvider time, ILoggerFactory loggers)
    {
        (this.state, this.manifest, this.time, this.loggers) = (state, manifest, time, loggers);
        files = new FileSwitch(state, manifest, time, loggers.CreateLogger<FileSwitch>());
        merger = new FileMerger(state, manifest, files, time, loggers.CreateLogger<FileMerger>());
        retention = new RetentionKeeper(state, manifest, rooms.Compactor, files, rooms.Catalog.ServerGroups, time, loggers.CreateLogger<RetentionKeeper>());
        erasure = new UnitErasure(state, manifest, rooms.Compactor, rooms.Predictions, files, rooms.Catalog.Records, time, loggers.CreateLogger<UnitErasure>());
        erased = new ErasedPredictions(state, rooms.Catalog.Records);
        check = new PredictionCheck(state, manifest);
        checks = new PredictionCheckRecords(rooms.Catalog.Records, time);
    }

    /// <summary>Makes it known to the endpoints, and begins to keep order when the program has started.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(erasure);
        services.AddSingleton(erased);
        services.AddSingleton(new PredictionInventory(state, manifest));
        services.AddSingleton(check);
        services.AddSingleton(checks);
        services.AddHostedService(_ => new NightlyCheck(check, checks, time, loggers.CreateLogger<NightlyCheck>()));
        services.AddSingleton(new FileQuarantine(state, manifest, files, loggers.CreateLogger<FileQuarantine>()));
        services.AddHostedService(_ => new KeepingLoop(state, manifest, merger, retention, erasure, time, loggers.CreateLogger<KeepingLoop>()));
    }

    public void Dispose()
    {
        erasure.Dispose();
        files.Dispose();
    }
}
