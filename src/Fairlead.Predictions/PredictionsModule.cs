using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tracing;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Predictions;

/// <summary>Registers the control plane's side of predictions: compaction, queries, lookup, tracing, outcomes.</summary>
public static class PredictionsModule
{
    /// <summary>Needs a StateFolder, the catalog's seams, a TimeProvider and a SegmentWriter of the control plane's own to be registered too.</summary>
    public static IServiceCollection AddPredictions(this IServiceCollection services) => services
        .AddSingleton<SegmentManifest>()
        .AddSingleton<LogCompactor>()
        .AddHostedService<CompactionLoop>()
        .AddSingleton<PredictionStore>()
        .AddSingleton<PredictionQuery>()
        .AddSingleton<PredictionLookup>()
        .AddSingleton<PredictionTracer>()
        .AddSingleton<OutcomeLog>();
}
