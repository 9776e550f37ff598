namespace Fairlead.Steps.Comparison;

/// <summary>A metric in each of several runs.</summary>
/// <param name="Values">In the order of the runs; null where a run has none.</param>
/// <param name="Best">Places of the best values among them; none where it is not known whether more is better, and where all are the same.</param>
public sealed record ComparedMetric(string Name, IReadOnlyList<double?> Values, IReadOnlyList<int> Best);
