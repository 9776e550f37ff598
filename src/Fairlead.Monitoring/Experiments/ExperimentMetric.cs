namespace Fairlead.Monitoring.Experiments;

/// <summary>A number of each unit, and what it is there for.</summary>
/// <param name="Expression">An SQL aggregate over the unit's predictions, such as <c>avg(outcome.clicked)</c>.</param>
/// <param name="Limit">For guardrails only.</param>
public sealed record ExperimentMetric(string Name, MetricRole Role, string Expression, MetricLimit? Limit);
