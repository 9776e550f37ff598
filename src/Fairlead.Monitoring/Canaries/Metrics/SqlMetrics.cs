using Fairlead.Domain.Canaries;
using Fairlead.DuckDb;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>A query of the project's own over predictions, asked once for each side: its values are averaged by step.</summary>
internal sealed class SqlMetrics : IMetricSource
{
    public bool Has(MetricDefinition metric) => metric.Sql is not null;

    public Task<IReadOnlyList<CanaryMetricSeries>> ReadAsync(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CanaryMetricSeries>>(
        [
            new CanaryMetricSeries { Name = metric.Name, Control = Read(metric, round, round.Control, cancellationToken), Experiment = Read(metric, round, round.Experiment, cancellationToken) },
        ]);

    private static double[] Read(MetricDefinition metric, MetricRound round, MetricSide side, CancellationToken cancellationToken)
    {
        var query = QueryText.Fill(metric.Sql!.Trim().TrimEnd(';'), name => name switch
        {
            "group" => DuckDbText.Literal(side.Group.ToString()),
            "service" => DuckDbText.Literal(side.Group.Service),
            "environment" => DuckDbText.Literal(side.Group.Environment),
            "start" => MetricSide.Moment(side.From),
            _ => MetricSide.Moment(side.Until),
        });
        round.Session.CheckExpression($"(SELECT count(*) FROM ({query}\n) m)");
        var points = StepPoints.Empty(round.Window);
        var sql =
            $"""
            SELECT {round.StepOf("m.\"time\"::TIMESTAMPTZ")} AS "canary step", avg(m."value")::DOUBLE FROM ({query}
            ) m WHERE m."time"::TIMESTAMPTZ >= {MetricSide.Moment(side.From)} AND m."time"::TIMESTAMPTZ < {MetricSide.Moment(side.Until)} GROUP BY "canary step"
            """;
        round.Read(metric.Name, sql, rows => StepPoints.Set(points, (long)rows.Value(0)!, StepPoints.Number(rows.Value(1))), cancellationToken);
        return points;
    }
}
