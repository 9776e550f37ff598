using Fairlead.Contracts.Payloads;
using Fairlead.Domain.Projects;
using Fairlead.Inference.Chains;
using Fairlead.Inference.Scoring;
using Fairlead.Platforms.Local.Instances;
using Fairlead.Predictions.Analysis;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Running;
using Fairlead.Replay.Scoring;
using Fairlead.Replay.Targets;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts together what replays need of the other rooms.</summary>
internal static class ReplayRoom
{
    public static ReplayEngine Create(ControlRooms rooms, StateFolder state, TimeProvider time, ILoggerFactory loggers)
    {
        var catalog = rooms.Catalog;
        // Apart from the host's, whose instances are none of the control plane's business.
        var platform = new LocalInstancePlatform(new StateFolder(Path.Combine(state.Replays, "instances")), rooms.Store, time, loggers, rooms.Secrets);
        return new ReplayEngine(
            new PredictionAnalysis(rooms.Predictions, state),
            new TargetResolver(catalog.Releases, catalog.ServerGroups, catalog.Models, catalog.Runs, rooms.Workspace, rooms.Store, rooms.Runtime, new ChainInspector(), rooms.Environments),
            new ServiceScorerFactory(new ModelScorerFactory(rooms.Runtime, rooms.Store, time), new InstanceScorerFactory(platform, rooms.Store, new PayloadReaders(), new PayloadWriters(), time)),
            new JudgingRules(rooms.Workspace),
            rooms.Replays,
            rooms.Store,
            new ReplayOptions { Folder = state.Replays },
            time,
            loggers.CreateLogger<ReplayEngine>());
    }
}
