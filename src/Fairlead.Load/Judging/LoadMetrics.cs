using System.Collections.Frozen;
using Fairlead.Load.Measuring;

namespace Fairlead.Load.Judging;

/// <summary>The metrics by name. Those of latency have a long name, <c>latency.p99</c>, and a short one, <c>p99</c>.</summary>
internal static class LoadMetrics
{
    private static readonly (string Name, Func<LatencySummary, double> Read)[] Summary =
    [
        ("mean", summary => summary.Mean),
        ("p50", summary => summary.P50),
        ("p90", summary => summary.P90),
        ("p95", summary => summary.P95),
        ("p99", summary => summary.P99),
        ("p99.9", summary => summary.P999),
        ("max", summary => summary.Max),
    ];

    private static readonly FrozenDictionary<string, LoadMetric> ByName = All().ToFrozenDictionary(metric => metric.Name, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> Names => [.. ByName.Keys];

    public static LoadMetric? Find(string name) => ByName.GetValueOrDefault(name);

    public static Dictionary<string, double> Read(LoadResult result)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var metric in ByName.Values)
        {
            if (metric.Read(result) is { } value)
                values[metric.Name] = value;
        }

        return values;
    }

    private static IEnumerable<LoadMetric> All() =>
    [
        .. Of("", result => result.Latency),
        .. Of("latency.", result => result.Latency),
        .. Of("uncorrected.", result => result.UncorrectedLatency),
        .. Of("send-delay.", result => result.SendDelay),
        new("rate", MetricKind.Rate, result => result.AchievedRate),
        new("error.rate", MetricKind.Share, result => result.Succeeded + result.Failed == 0 ? null : result.ErrorRate),
        new("errors", MetricKind.Count, result => result.Failed),
        new("succeeded", MetricKind.Count, result => result.Succeeded),
        new("sent", MetricKind.Count, result => result.Sent),
        new("late", MetricKind.Count, result => result.Late),
        new("unsent", MetricKind.Count, result => result.Unsent),
        new("untraced", MetricKind.Count, result => result.WithoutPrediction),
        new("reconnects", MetricKind.Count, result => result.Reconnects),
    ];

    private static IEnumerable<LoadMetric> Of(string prefix, Func<LoadResult, LatencySummary> part) => Summary.Select(
        metric => new LoadMetric(prefix + metric.Name, MetricKind.Duration, result => part(result) is { Count: > 0 } summary ? metric.Read(summary) : null));
}
