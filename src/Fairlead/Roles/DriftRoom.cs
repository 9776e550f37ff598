using Fairlead.Domain.Projects;
using Fairlead.Inference.Scoring;
using Fairlead.Monitoring.Drift;
using Fairlead.Monitoring.Drift.Watching;
using Fairlead.Predictions.Analysis;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts together what looking for drift needs of the other rooms.</summary>
internal sealed class DriftRoom
{
    public DriftRoom(ControlRooms rooms, StateFolder state, TimeProvider time, ILoggerFactory loggers)
    {
        var catalog = rooms.Catalog;
        var analysis = new PredictionAnalysis(rooms.Predictions, state);
        Analyzer = new DriftAnalyzer(analysis, catalog.ServerGroups, catalog.Runs, catalog.Datasets, rooms.Store, new ModelScorerFactory(rooms.Runtime, rooms.Store, time), time);
        Store = new DriftStore(catalog.Records);
        Watch = new DriftWatch(Analyzer, Store, analysis, catalog.ServerGroups, time, loggers.CreateLogger<DriftWatch>());
    }

    public DriftAnalyzer Analyzer { get; }

    public DriftStore Store { get; }

    public DriftWatch Watch { get; }
}
