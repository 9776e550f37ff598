namespace Fairlead.Steps.Comparison;

/// <param name="Left">Null when only the right run has it; and the other way round.</param>
/// <param name="Change">Right minus left; null unless both have it.</param>
public sealed record MetricDifference(string Name, double? Left, double? Right, double? Change);
