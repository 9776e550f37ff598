using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.Predictions.Analysis;

namespace Fairlead.Monitoring.Alerts.Readings;

/// <summary>Requests, errors and latencies of each live service, by one statement for each window.</summary>
internal sealed class TrafficReadings(ExpressionSession session, IReadOnlyList<ServerGroup> groups, DateTimeOffset now)
{
    public const string Rate = "requests.rate";
    public const string Errors = "error.rate";
    private static readonly string[] Quantiles = ["latency.p50", "latency.p95", "latency.p99"];
    private readonly Dictionary<TimeSpan, Dictionary<(string Service, string Environment), double?[]>> byWindow = [];

    public static IReadOnlyList<string> Metrics { get; } = [Rate, Errors, .. Quantiles];

    public IEnumerable<AlertReading> Read(AlertRule rule, CancellationToken cancellationToken)
    {
        if (!byWindow.TryGetValue(rule.Window, out var known))
            byWindow[rule.Window] = known = Query(rule.Window, cancellationToken);
        var live = groups.Where(group => group.Status == ServerGroupStatus.Enabled).Select(group => (group.Name.Service, group.Name.Environment));
        var index = Metrics.ToList().IndexOf(rule.Metric);
        return known.Keys.Union(live).Order().Select(place => new AlertReading(
            $"{place.Service}/{place.Environment}", place.Service, place.Environment, known.TryGetValue(place, out var values) ? values[index] : index == 0 ? 0 : null));
    }

    private Dictionary<(string Service, string Environment), double?[]> Query(TimeSpan window, CancellationToken cancellationToken)
    {
        var from = now - window;
        // A request of several rows counts once.
        var sql =
            $"""
            SELECT service, environment, count(*) / {window.TotalSeconds.ToString("R", CultureInfo.InvariantCulture)}, avg((status >= 500)::INTEGER),
              quantile_cont(latency_us, [0.5, 0.95, 0.99])[1] / 1000, quantile_cont(latency_us, [0.5, 0.95, 0.99])[2] / 1000, quantile_cont(latency_us, [0.5, 0.95, 0.99])[3] / 1000
            FROM predictions
            WHERE "role" = 'live' AND coalesce("row", 0) = 0 AND "date" >= DATE '{from.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'
              AND "time" >= TIMESTAMPTZ '{from.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'
            GROUP BY service, environment
            """;
        var found = new Dictionary<(string, string), double?[]>();
        using var result = session.Connection.Query(sql, cancellationToken);
        while (result.Read(cancellationToken))
        {
            found[((string)result.Value(0)!, (string)result.Value(1)!)] =
                [.. Enumerable.Range(2, Metrics.Count).Select(column => result.Value(column) is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : (double?)null)];
        }

        return found;
    }
}
