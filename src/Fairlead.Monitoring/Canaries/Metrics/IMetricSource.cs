using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Where a kind of metric comes from.</summary>
internal interface IMetricSource
{
    bool Has(MetricDefinition metric);

    /// <summary>The points of both sides: one series, or several with different tags.</summary>
    /// <exception cref="FairleadException">It cannot be read; for this metric alone.</exception>
    Task<IReadOnlyList<CanaryMetricSeries>> ReadAsync(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken);
}
