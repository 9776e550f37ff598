using Fairlead.Domain.Canaries;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Latencies in milliseconds, shares of errors, and requests by second, of what clients got.</summary>
internal sealed class TrafficMetrics : IMetricSource
{
    public bool Has(MetricDefinition metric) =>
        !metric.IsOwn && (metric.Name is MetricNames.ErrorRate or MetricNames.RequestRate || metric.Name.StartsWith(MetricNames.Latency, StringComparison.Ordinal));

    public Task<IReadOnlyList<CanaryMetricSeries>> ReadAsync(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CanaryMetricSeries>>(
        [
            new CanaryMetricSeries
            {
                Name = metric.Name,
                Control = round.TrafficOf(round.Control, cancellationToken).PointsOf(metric.Name),
                Experiment = round.TrafficOf(round.Experiment, cancellationToken).PointsOf(metric.Name),
            },
        ]);
}
