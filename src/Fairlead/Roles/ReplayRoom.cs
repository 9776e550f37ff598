using Fairlead.Domain.Projects;
using Fairlead.Inference.Chains;
using Fairlead.Inference.Scoring;
using Fairlead.Predictions.Analysis;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Running;
using Fairlead.Replay.Targets;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts together what replays need of the other rooms.</summary>
internal static class ReplayRoom
{
    public static ReplayEngine Create(ControlRooms rooms, StateFolder state, TimeProvider time, ILoggerFactory loggers)
    {
        var catalog = rooms.Catalog;
        return new ReplayEngine(
            new PredictionAnalysis(rooms.Predictions, state),
            new TargetResolver(catalog.Releases, catalog.ServerGroups, catalog.Models, catalog.Runs, rooms.Workspace, rooms.Store, rooms.Runtime, new ChainInspector()),
            new ModelScorerFactory(rooms.Runtime, rooms.Store, time),
            new JudgingRules(rooms.Workspace),
            rooms.Replays,
            rooms.Store,
            new ReplayOptions { Folder = state.Replays },
            time,
            loggers.CreateLogger<ReplayEngine>());
    }
}
