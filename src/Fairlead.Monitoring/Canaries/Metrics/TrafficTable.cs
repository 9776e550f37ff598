using System.Globalization;
using Fairlead.Domain.Canaries;
using Fairlead.Predictions.Query;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Requests, errors and latencies of one side by step, from one statement for all metrics that are asked for.</summary>
internal sealed class TrafficTable
{
    private const int FirstLatency = 3;
    private readonly MetricSide side;
    private readonly CanaryWindow window;
    private readonly double[] requests;
    private readonly double[] errors;
    private readonly Dictionary<string, double[]> latencies;

    private TrafficTable(MetricRound round, MetricSide side)
    {
        this.side = side;
        window = round.Window;
        requests = StepPoints.Empty(window);
        errors = StepPoints.Empty(window);
        latencies = Latencies(round).ToDictionary(name => name, _ => StepPoints.Empty(window), StringComparer.Ordinal);
    }

    public static TrafficTable Read(MetricRound round, MetricSide side, CancellationToken cancellationToken)
    {
        var table = new TrafficTable(round, side);
        // A request of several rows counts once.
        var sql =
            $"""
            SELECT {round.StepColumn}, count(*), avg((status >= 500)::INTEGER){string.Concat(table.latencies.Keys.Select(Aggregate))}
            FROM predictions WHERE {side.Where} AND coalesce("row", 0) = 0 GROUP BY 1
            """;
        round.Read("the requests", sql, table.Add, cancellationToken);
        return table;
    }

    /// <summary>A point for each step; NaN where nothing was answered, which is zero requests.</summary>
    public double[] PointsOf(string metric) => metric switch
    {
        MetricNames.ErrorRate => errors,
        MetricNames.RequestRate => Rates(),
        _ => latencies[metric],
    };

    private static IEnumerable<string> Latencies(MetricRound round) =>
        round.Plan.Metrics.Where(metric => !metric.IsOwn).Select(metric => metric.Name).Where(name => name.StartsWith(MetricNames.Latency, StringComparison.Ordinal));

    private static string Aggregate(string latency)
    {
        if (latency == MetricNames.Mean)
            return ", avg(latency_us) / 1000";
        var percent = int.Parse(latency.AsSpan(MetricNames.Latency.Length + 1), CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $", quantile_cont(latency_us, {percent / 100.0}) / 1000");
    }

    private void Add(SqlRows rows)
    {
        var step = (long)rows.Value(0)!;
        StepPoints.Set(requests, step, StepPoints.Number(rows.Value(1)));
        StepPoints.Set(errors, step, StepPoints.Number(rows.Value(2)));
        foreach (var (i, points) in latencies.Values.Index())
            StepPoints.Set(points, step, StepPoints.Number(rows.Value(FirstLatency + i)));
    }

    /// <summary>By second, and as if it had all of the traffic. A side that nobody asked has no rate: that is no zero which could be compared.</summary>
    private double[] Rates() => Array.TrueForAll(requests, double.IsNaN)
        ? requests
        : Array.ConvertAll(requests, count => (double.IsNaN(count) ? 0 : count) / window.Step.TotalSeconds / side.Share);
}
