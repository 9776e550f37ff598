using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Monitoring.Experiments.Design;
using Fairlead.Monitoring.Experiments.Measuring;
using Fairlead.Predictions.Analysis;

namespace Fairlead.Monitoring.Kpis;

/// <summary>The expression of a KPI, checked before it becomes part of a statement.</summary>
internal sealed partial class KpiExpression
{
    private const string Aggregate = "write an aggregate over predictions, such as avg(outcome.clicked)";

    private KpiExpression(KpiDefinition definition)
    {
        Definition = definition;
        HasOutcome = definition.By.Append(definition.Sql).Any(text => text.Contains("outcome", StringComparison.OrdinalIgnoreCase));
        IsAverage = MetricSql.Of(definition.Sql) is { Denominator: not null } average && definition.Sql.TrimStart() is var text
            && (text.StartsWith("avg", StringComparison.OrdinalIgnoreCase) || text.StartsWith("mean", StringComparison.OrdinalIgnoreCase)) && IsSum(average);
        Ratio = MetricSql.Of(definition.Sql) is { Denominator: not null } ratio && IsSum(ratio) ? ratio : null;
    }

    public KpiDefinition Definition { get; }

    public bool HasOutcome { get; }

    /// <summary>True when the denominator counts the rows that have a value.</summary>
    public bool IsAverage { get; }

    /// <summary>The expression as one sum over another; null when it is anything else.</summary>
    public MetricSql? Ratio { get; }

    /// <summary>Without outcomes their join is saved.</summary>
    public string Source => HasOutcome ? "scored" : "predictions";

    /// <exception cref="FairleadException">Invalid: names the KPI, and tells what the engine says of it.</exception>
    public static KpiExpression Check(ExpressionSession session, KpiDefinition definition)
    {
        var expression = new KpiExpression(definition);
        expression.CheckOne(session, definition.Sql, $"The KPI '{definition.Name}'", isAggregate: true);
        foreach (var by in definition.By)
            expression.CheckOne(session, by, $"The segment '{by}' of the KPI '{definition.Name}'", isAggregate: false);
        return expression;
    }

    private void CheckOne(ExpressionSession session, string text, string what, bool isAggregate)
    {
        try
        {
            session.CheckExpression(text);
            using var result = session.Connection.Query($"SELECT ({text}\n) FROM {Source} WHERE false{(isAggregate ? " GROUP BY environment" : "")}");
            if (result.Columns.Count != 1)
                throw FairleadException.Invalid("it is more than one expression");
            if (isAggregate && !result.Columns[0].IsNumber)
                throw FairleadException.Invalid($"it is of the type {result.Columns[0].Type} and no number; {Aggregate}");
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Invalid)
        {
            throw new FairleadException(ProblemKind.Invalid, $"{what} is not accepted: {DuckDbText.Sentence(e.Message)}.", e);
        }
        catch (DuckDbException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"{what} cannot be computed: {DuckDbText.Sentence(e.Message)}{Hint(e.Message)}.", e);
        }
    }

    private static string Hint(string message) =>
        message.Contains("GROUP BY", StringComparison.Ordinal) ? $"; {Aggregate}"
        : message.Contains("VARCHAR)", StringComparison.Ordinal) ? "; that is a text and no number: try_cast(… as double) leaves out what is none"
        : message.Contains("struct", StringComparison.OrdinalIgnoreCase) || message.Contains("key", StringComparison.Ordinal) ? "; fields of input, output and outcome are known once there is one that has them"
        : "";

    private static bool IsSum(MetricSql ratio) => ratio.Parts.All(part => TopLevelText.Mask(part) is { } mask && Sum().Match(mask) is { Success: true } match
        && !part.AsSpan(match.Groups["inner"].Index).TrimStart().StartsWith("distinct", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\A\s*(sum|count|count_if|countif)\s*\((?<inner>\s*|\*)\)\s*(filter\s*\(\s*\)\s*)?\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Sum();
}
