namespace Fairlead.Statistics.Evaluation;

/// <summary>One metric of two models over the same rows.</summary>
/// <param name="Metric">Such as <c>auc</c>.</param>
/// <param name="Baseline">NaN when it is not defined for these rows.</param>
/// <param name="Candidate">Of the other model.</param>
/// <param name="Low">Lower end of the 95 % interval of candidate minus baseline; NaN when there is none.</param>
/// <param name="High">Its upper end.</param>
public sealed record MetricComparison(string Metric, double Baseline, double Candidate, double Low = double.NaN, double High = double.NaN)
{
    public double Difference => Candidate - Baseline;
}
