using System.Globalization;

namespace Fairlead.Domain.Projects;

/// <summary>A bound and the side of it that is meant, such as <c>&gt;= 0.5</c>.</summary>
/// <param name="Value">Finite.</param>
public sealed record Threshold(ThresholdOperator Operator, double Value)
{
    /// <summary>True when the value lies on the side that is meant.</summary>
    public bool Holds(double value) => Operator switch
    {
        ThresholdOperator.Above => value > Value,
        ThresholdOperator.AtLeast => value >= Value,
        ThresholdOperator.Below => value < Value,
        ThresholdOperator.AtMost => value <= Value,
        _ => throw new InvalidOperationException($"'{Operator}' is no operator."),
    };

    public override string ToString() => $"{Symbol} {Value.ToString("R", CultureInfo.InvariantCulture)}";

    /// <param name="symbol">One of <c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c>, <c>&lt;=</c>.</param>
    public static ThresholdOperator OperatorOf(string symbol) => symbol switch
    {
        ">" => ThresholdOperator.Above,
        ">=" => ThresholdOperator.AtLeast,
        "<" => ThresholdOperator.Below,
        "<=" => ThresholdOperator.AtMost,
        _ => throw new ArgumentException($"'{symbol}' is no comparison.", nameof(symbol)),
    };

    private string Symbol => Operator switch
    {
        ThresholdOperator.Above => ">",
        ThresholdOperator.AtLeast => ">=",
        ThresholdOperator.Below => "<",
        _ => "<=",
    };
}
