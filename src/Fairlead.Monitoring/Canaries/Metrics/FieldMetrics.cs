using Fairlead.Domain.Canaries;
using Fairlead.DuckDb;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>
/// Values of a field of predictions, row by row: numbers with how far they spread, words by how frequent each of the commonest is. Each unit counts once, since
/// rows of one unit say the same again; so many units are drawn that no difference that matters is missed.
/// </summary>
internal sealed class FieldMetrics : IMetricSource
{
    public const int MostRows = 5000;
    private const int MostWords = 5;
    private const int LongestWord = 40;
    private const string Spread = "spread";

    public bool Has(MetricDefinition metric) =>
        !metric.IsOwn && (metric.Name.StartsWith(MetricNames.Output, StringComparison.Ordinal) || metric.Name.StartsWith(MetricNames.Input, StringComparison.Ordinal));

    public Task<IReadOnlyList<CanaryMetricSeries>> ReadAsync(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken)
    {
        var column = FieldColumn.Find(round, metric.Name);
        var control = Draw(metric, column, round, round.Control, cancellationToken);
        var experiment = Draw(metric, column, round, round.Experiment, cancellationToken);
        return Task.FromResult<IReadOnlyList<CanaryMetricSeries>>(column.IsNumber
            ? Numbers(metric, [.. control.Select(value => StepPoints.Number(value)!.Value)], [.. experiment.Select(value => StepPoints.Number(value)!.Value)])
            : Words(metric, [.. control.Cast<string>()], [.. experiment.Cast<string>()]));
    }

    private static List<object> Draw(MetricDefinition metric, FieldColumn column, MetricRound round, MetricSide side, CancellationToken cancellationToken)
    {
        var values = new List<object>();
        var sql =
            $"""
            SELECT "value" FROM (
              SELECT ({column.Sql})::{(column.IsNumber ? "DOUBLE" : "VARCHAR")} AS "value", md5({DuckDbText.Literal(round.Seed)} || id::VARCHAR) AS draw,
                row_number() OVER (PARTITION BY coalesce(nullif(unit, ''), request::VARCHAR) ORDER BY draw) AS nth
              FROM predictions WHERE {side.Where} AND ({column.Sql}) IS NOT NULL
            ) WHERE nth = 1 ORDER BY draw LIMIT {MostRows}
            """;
        round.Read(metric.Name, sql, rows => values.Add(rows.Value(0)!), cancellationToken);
        return values;
    }

    private static List<CanaryMetricSeries> Numbers(MetricDefinition metric, double[] control, double[] experiment)
    {
        var series = new List<CanaryMetricSeries> { Series(metric, null, control, experiment) };
        // Two values say everything by how frequent they are; with a direction, only that one is bad.
        if (metric.Direction is null or MetricDirection.Either && control.Length > 0 && control.Concat(experiment).Distinct().Skip(2).Any())
        {
            var sorted = control.Order().ToArray();
            var middle = sorted[sorted.Length / 2];
            series.Add(Series(metric, Spread, Array.ConvertAll(control, value => Math.Abs(value - middle)), Array.ConvertAll(experiment, value => Math.Abs(value - middle))));
        }

        return series;
    }

    private static List<CanaryMetricSeries> Words(MetricDefinition metric, string[] control, string[] experiment)
    {
        var common = control.Concat(experiment).GroupBy(word => word, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostWords).Select(group => group.Key).ToList();
        return common.Count == 0
            ? [Series(metric, null, [], [])]
            : common.ConvertAll(word => Series(metric, word.Length > LongestWord ? word[..LongestWord] + "…" : word, Shares(control, word), Shares(experiment, word)));
    }

    private static double[] Shares(string[] words, string word) => Array.ConvertAll(words, other => other == word ? 1.0 : 0);

    private static CanaryMetricSeries Series(MetricDefinition metric, string? tags, IReadOnlyList<double> control, IReadOnlyList<double> experiment) =>
        new() { Name = metric.Name, Tags = tags, Control = control, Experiment = experiment, IsSample = true };
}
