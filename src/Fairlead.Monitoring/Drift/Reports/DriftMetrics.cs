namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>
/// A report as flat numbers by name: <c>drift.FIELD.psi</c>, <c>.effect</c>, <c>.p</c> (adjusted), <c>.severity</c> (0, 1, 2), <c>drift.max</c> (the largest
/// index of a field that drifted), <c>drift.slight</c>, <c>drift.strong</c>, <c>drift.fields</c>. They tell of the training data, or of the time before when
/// that is all there is; what was compared with the time before is told under <c>drift.previous.</c> too.
/// </summary>
public static class DriftMetrics
{
    private const string Prefix = "drift.";

    public static IReadOnlyDictionary<string, double> Of(DriftReport report)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var previous = report.Comparisons.LastOrDefault(comparison => comparison.Against == AgainstKind.Previous);
        var main = report.Comparisons.LastOrDefault(comparison => comparison.Against != AgainstKind.Previous) ?? previous;
        if (main is not null)
            Add(metrics, Prefix, main);
        if (previous is not null)
            Add(metrics, Prefix + "previous.", previous);
        return metrics;
    }

    private static void Add(SortedDictionary<string, double> metrics, string prefix, DriftComparison comparison)
    {
        foreach (var field in comparison.Fields)
        {
            metrics[$"{prefix}{field.Name}.psi"] = field.StabilityIndex;
            metrics[$"{prefix}{field.Name}.effect"] = field.Effect;
            metrics[$"{prefix}{field.Name}.p"] = field.Adjusted;
            metrics[$"{prefix}{field.Name}.severity"] = (int)field.Severity;
        }

        metrics[prefix + "fields"] = comparison.Fields.Count;
        metrics[prefix + "slight"] = comparison.Fields.Count(field => field.Severity == DriftSeverity.Slight);
        metrics[prefix + "strong"] = comparison.Fields.Count(field => field.Severity == DriftSeverity.Strong);
        metrics[prefix + "max"] = comparison.Fields.Where(field => field.Severity != DriftSeverity.None).Select(field => field.StabilityIndex).DefaultIfEmpty().Max();
    }
}
