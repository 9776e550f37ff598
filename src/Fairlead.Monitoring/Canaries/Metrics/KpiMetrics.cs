using Fairlead.Domain.Canaries;
using Fairlead.Monitoring.Kpis;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>A KPI of the project, by step, over the predictions of each side alone.</summary>
internal sealed class KpiMetrics : IMetricSource
{
    public bool Has(MetricDefinition metric) => !metric.IsOwn && metric.Name.StartsWith(MetricNames.Kpi, StringComparison.Ordinal);

    public Task<IReadOnlyList<CanaryMetricSeries>> ReadAsync(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken)
    {
        var definition = round.Plan.Kpis.First(kpi => metric.Name.AsSpan(MetricNames.Kpi.Length).SequenceEqual(kpi.Name));
        var expression = KpiExpression.Check(round.Session, definition with { By = [] });
        return Task.FromResult<IReadOnlyList<CanaryMetricSeries>>(
        [
            new CanaryMetricSeries
            {
                Name = metric.Name,
                Control = Read(metric, expression, round, round.Control, cancellationToken),
                Experiment = Read(metric, expression, round, round.Experiment, cancellationToken),
            },
        ]);
    }

    private static double[] Read(MetricDefinition metric, KpiExpression expression, MetricRound round, MetricSide side, CancellationToken cancellationToken)
    {
        var points = StepPoints.Empty(round.Window);
        var sql =
            $"""
            SELECT {round.StepColumn} AS "canary step", ({expression.Definition.Sql}
            )::DOUBLE FROM {expression.Source} WHERE {side.Where} GROUP BY "canary step"
            """;
        round.Read(metric.Name, sql, rows => StepPoints.Set(points, (long)rows.Value(0)!, StepPoints.Number(rows.Value(1))), cancellationToken);
        return points;
    }
}
