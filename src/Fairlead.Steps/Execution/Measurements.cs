using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Execution;

/// <summary>What a metrics file says.</summary>
/// <param name="Metrics">Finite values, by name.</param>
/// <param name="Curves">Of the metrics that have values at two positions at least, by name.</param>
/// <param name="Remarks">What was odd, a sentence each.</param>
internal sealed record Measurements(IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<MetricCurve> Curves, IReadOnlyList<string> Remarks);
