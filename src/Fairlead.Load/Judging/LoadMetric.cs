namespace Fairlead.Load.Judging;

/// <summary>A number of a result that a check can name.</summary>
/// <param name="Read">Null when the result has no such number: a latency without an answer.</param>
internal sealed record LoadMetric(string Name, MetricKind Kind, Func<LoadResult, double?> Read);
