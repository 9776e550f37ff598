using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Analysis;
using Fairlead.Statistics.Canary;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Reads the metrics of a look, each for itself: one that cannot be read says why, and the others are read all the same.</summary>
internal sealed class MetricReader(PredictionAnalysis analysis, HostSamples samples, PrometheusClient prometheus, TimeProvider time, ILogger logger)
{
    private const int LongestProblem = 400;

    private readonly IMetricSource[] sources =
    [
        new SqlMetrics(), new PrometheusMetrics(prometheus), new TrafficMetrics(), new SaturationMetrics(samples), new KpiMetrics(), new FieldMetrics(), new PairedMetrics(),
    ];

    /// <returns>In the order of the plan, and what pairs say.</returns>
    public async Task<(IReadOnlyList<CanaryMetricSeries> Series, IReadOnlyList<PairedSummary> Pairs)> ReadAsync(AnalysisPlan plan, CanaryScope scope, string seed, CancellationToken cancellationToken)
    {
        using var session = plan.Metrics.Any(NeedsPredictions) ? await analysis.OpenExpressionsAsync(cancellationToken).ConfigureAwait(false) : null;
        var round = new MetricRound(plan, scope, seed, session, time);
        var series = new List<CanaryMetricSeries>();
        // Statements are computed in this flow, which is nobody's to hold up.
        await Task.Run(
            async () =>
            {
                foreach (var metric in plan.Metrics)
                    series.AddRange(await ReadAsync(metric, round, cancellationToken).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
        return (series, round.Pairs);
    }

    private static bool NeedsPredictions(MetricDefinition metric) => metric.Prometheus is null && (metric.IsOwn || !MetricNames.IsOfHosts(metric.Name));

    private async Task<IReadOnlyList<CanaryMetricSeries>> ReadAsync(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken)
    {
        try
        {
            var source = Array.Find(sources, source => source.Has(metric)) ?? throw FairleadException.Invalid($"there is no metric '{metric.Name}'");
            return await source.ReadAsync(metric, round, cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e)
        {
            var message = MetricRound.OneLine(e.Message);
            message = message.Length <= LongestProblem ? message : message[..LongestProblem] + "…";
            Log.MetricFailed(logger, metric.Name, round.Scope.Experiment, message);
            return [new CanaryMetricSeries { Name = metric.Name, Control = [], Experiment = [], Problem = message }];
        }
    }
}
