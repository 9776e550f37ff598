using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;

namespace Fairlead.Monitoring.Experiments.Measuring;

/// <summary>The expressions of people as columns of one row for each unit, checked before they are part of a statement.</summary>
internal sealed class MetricColumns
{
    private const string Aggregate = "write an aggregate over a unit's predictions, such as avg(outcome.clicked)";

    private MetricColumns(IReadOnlyList<MetricSql> metrics, string? covariate)
    {
        Metrics = metrics;
        Covariate = covariate;
        MetricSource = SourceOf(metrics.SelectMany(metric => metric.Parts));
        CovariateSource = SourceOf(covariate is null ? [] : [covariate]);
    }

    public IReadOnlyList<MetricSql> Metrics { get; }

    public string? Covariate { get; }

    /// <summary>The view that the metrics read; without outcomes the join is saved.</summary>
    public string MetricSource { get; }

    public string CovariateSource { get; }

    /// <summary>Such as <c>, (sum(x))::DOUBLE AS n0, (count(x))::DOUBLE AS d0</c>.</summary>
    public string Select => string.Concat(Metrics.Select((metric, i) => $", ({metric.Numerator}\n)::DOUBLE AS n{i}, {(metric.Denominator is null ? "1::DOUBLE" : $"({metric.Denominator}\n)::DOUBLE")} AS d{i}"));

    /// <exception cref="FairleadException">Invalid: names the metric, and tells what DuckDB says of it.</exception>
    public static MetricColumns Check(ExpressionSession session, IEnumerable<ExperimentMetric> metrics, string? covariate)
    {
        var checkedMetrics = new List<MetricSql>();
        foreach (var metric in metrics)
        {
            var sql = MetricSql.Of(metric.Expression);
            var what = $"The metric '{metric.Name}'";
            Guard(session, metric.Expression, what);
            foreach (var part in sql.Parts)
                CheckPart(session, part, what);
            checkedMetrics.Add(sql);
        }

        if (covariate is not null)
        {
            Guard(session, covariate, "The covariate");
            CheckPart(session, covariate, "The covariate");
        }

        return new MetricColumns(checkedMetrics, covariate);
    }

    private static void CheckPart(ExpressionSession session, string part, string what)
    {
        Guard(session, part, what);
        try
        {
            using var result = session.Connection.Query($"SELECT ({part}\n) FROM {SourceOf([part])} WHERE false GROUP BY unit");
            if (!result.Columns[0].IsNumber)
                throw FairleadException.Invalid($"{what} is of the type {result.Columns[0].Type} and no number; {Aggregate}.");
        }
        catch (DuckDbException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"{what} cannot be computed: {DuckDbText.Sentence(e.Message)}{Hint(e.Message)}.", e);
        }
    }

    private static void Guard(ExpressionSession session, string expression, string what)
    {
        try
        {
            session.CheckExpression(expression);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Invalid)
        {
            throw new FairleadException(ProblemKind.Invalid, $"{what} is not accepted: {e.Message}", e);
        }
    }

    private static string Hint(string message) =>
        message.Contains("GROUP BY", StringComparison.Ordinal) ? $"; {Aggregate}"
        : message.Contains("VARCHAR)", StringComparison.Ordinal) ? "; that is a text and no number: try_cast(… as double) leaves out what is none"
        : message.Contains("struct", StringComparison.OrdinalIgnoreCase) || message.Contains("key", StringComparison.Ordinal) ? "; fields of input, output and outcome are known once there is one that has them"
        : "";

    private static string SourceOf(IEnumerable<string> expressions) =>
        expressions.Any(expression => expression.Contains("outcome", StringComparison.OrdinalIgnoreCase)) ? "scored" : "predictions";
}
