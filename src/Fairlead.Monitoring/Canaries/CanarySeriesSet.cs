using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries;

/// <summary>The points of one look, as they are kept.</summary>
public sealed record CanarySeriesSet(IReadOnlyList<CanaryMetricSeries> Metrics);
