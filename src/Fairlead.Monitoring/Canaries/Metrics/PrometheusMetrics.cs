using System.Globalization;
using Fairlead.Domain.Canaries;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>A query to a Prometheus server, asked once for each side.</summary>
internal sealed class PrometheusMetrics(PrometheusClient client) : IMetricSource
{
    public bool Has(MetricDefinition metric) => metric.Prometheus is not null;

    public async Task<IReadOnlyList<CanaryMetricSeries>> ReadAsync(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken) =>
    [
        new CanaryMetricSeries
        {
            Name = metric.Name,
            Control = await ReadAsync(metric.Prometheus!, round, round.Control, cancellationToken).ConfigureAwait(false),
            Experiment = await ReadAsync(metric.Prometheus!, round, round.Experiment, cancellationToken).ConfigureAwait(false),
        },
    ];

    private async Task<double[]> ReadAsync(PrometheusQuery query, MetricRound round, MetricSide side, CancellationToken cancellationToken)
    {
        var text = QueryText.Fill(query.Query, name => name switch
        {
            "group" => side.Group.ToString(),
            "service" => side.Group.Service,
            "environment" => side.Group.Environment,
            "start" => Seconds(side.From).ToString("0.###", CultureInfo.InvariantCulture),
            _ => Seconds(side.Until).ToString("0.###", CultureInfo.InvariantCulture),
        });
        var step = query.Step ?? round.Window.Step;
        var points = StepPoints.Empty(round.Window);
        // The value at the end of a step is what the step came to.
        foreach (var (at, value) in await client.QueryAsync(query, text, side.From + step, side.Until, step, cancellationToken).ConfigureAwait(false))
            StepPoints.Set(points, (long)Math.Floor(((at - Seconds(side.From)) / round.Window.Step.TotalSeconds) - 1e-6), value);
        return points;
    }

    private static double Seconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalSeconds;
}
