using Fairlead.Domain.Canaries;
using Fairlead.DuckDb;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Latency, errors and answers of requests that both sides answered: the candidate as a shadow.</summary>
internal sealed class PairedMetrics : IMetricSource
{
    /// <summary>Floats that differ less are the same.</summary>
    private const double Same = 1e-6;

    /// <summary>A copy is answered later than its request.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    public bool Has(MetricDefinition metric) => !metric.IsOwn && MetricNames.IsPaired(metric.Name);

    public Task<IReadOnlyList<CanaryMetricSeries>> ReadAsync(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken)
    {
        var series = metric.Name switch
        {
            MetricNames.PairedLatency => OfRequests(metric, round, "latency_us / 1000", cancellationToken),
            MetricNames.PairedErrors => OfRequests(metric, round, "(status >= 500)::INTEGER", cancellationToken),
            _ => OfField(metric, round, cancellationToken),
        };
        return Task.FromResult<IReadOnlyList<CanaryMetricSeries>>([series]);
    }

    private static CanaryMetricSeries OfRequests(MetricDefinition metric, MetricRound round, string sql, CancellationToken cancellationToken)
    {
        var pairs = Pair(metric, round, $"({sql})::DOUBLE", "coalesce(\"row\", 0) = 0", cancellationToken).ConvertAll(pair => (Control: ToNumber(pair.Control), Experiment: ToNumber(pair.Experiment)));
        Summarize(metric, round, pairs);
        return Series(metric, pairs);
    }

    private static CanaryMetricSeries OfField(MetricDefinition metric, MetricRound round, CancellationToken cancellationToken)
    {
        var isAgreement = metric.Name.StartsWith(MetricNames.PairedAgreement, StringComparison.Ordinal);
        var path = MetricNames.Output + metric.Name[(isAgreement ? MetricNames.PairedAgreement : MetricNames.PairedOutput).Length..];
        var column = FieldColumn.Find(round, path);
        var pairs = Pair(metric, round, $"({column.Sql})::{(column.IsNumber ? "DOUBLE" : "VARCHAR")}", "true", cancellationToken);
        if (column.IsNumber)
        {
            var numbers = pairs.ConvertAll(pair => (Control: ToNumber(pair.Control), Experiment: ToNumber(pair.Experiment)));
            Summarize(metric, round, numbers);
            return Series(metric, isAgreement ? numbers.ConvertAll(pair => Disagreement(Math.Abs(pair.Experiment - pair.Control) > Same)) : numbers);
        }

        // Words have no difference but that they differ.
        var differ = pairs.ConvertAll(pair => Disagreement((string)pair.Control != (string)pair.Experiment));
        if (differ.Count > 0)
            round.Add(new PairedSummary(metric.Name, differ.Count, 1 - differ.Average(pair => pair.Experiment), null, null, null));
        return Series(metric, differ);
    }

    private static (double Control, double Experiment) Disagreement(bool differs) => (0, differs ? 1 : 0);

    private static List<(object Control, object Experiment)> Pair(MetricDefinition metric, MetricRound round, string value, string rows, CancellationToken cancellationToken)
    {
        var shadow = round.Experiment with { Until = round.Experiment.Until + Later };
        var pairs = new List<(object, object)>();
        var sql =
            $"""
            SELECT l."value", s."value"
            FROM (SELECT id, request, "row", {value} AS "value" FROM predictions WHERE {round.Control.Where} AND {rows}) l
            JOIN (SELECT request, "row", {value} AS "value" FROM predictions WHERE {shadow.Where} AND {rows}) s ON s.request = l.request AND s."row" IS NOT DISTINCT FROM l."row"
            WHERE l."value" IS NOT NULL AND s."value" IS NOT NULL
            ORDER BY md5({DuckDbText.Literal(round.Seed)} || l.id::VARCHAR) LIMIT {FieldMetrics.MostRows}
            """;
        round.Read(metric.Name, sql, read => pairs.Add((read.Value(0)!, read.Value(1)!)), cancellationToken);
        return pairs;
    }

    private static void Summarize(MetricDefinition metric, MetricRound round, List<(double Control, double Experiment)> pairs)
    {
        if (pairs.Count == 0)
            return;
        var differences = pairs.ConvertAll(pair => pair.Experiment - pair.Control);
        round.Add(new PairedSummary(
            metric.Name,
            pairs.Count,
            (double)differences.Count(difference => Math.Abs(difference) <= Same) / pairs.Count,
            Finite(differences.Average()),
            Finite(differences.Average(Math.Abs)),
            Finite(differences.Max(Math.Abs))));
    }

    private static CanaryMetricSeries Series(MetricDefinition metric, List<(double Control, double Experiment)> pairs) => new()
    {
        Name = metric.Name,
        Control = pairs.ConvertAll(pair => pair.Control),
        Experiment = pairs.ConvertAll(pair => pair.Experiment),
        IsPaired = true,
        IsSample = true,
    };

    private static double ToNumber(object value) => StepPoints.Number(value)!.Value;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
