namespace Fairlead.Statistics.Canary.Scoring;

/// <summary>Weights of groups in percent: as configured, the others share what is left of 100.</summary>
internal static class GroupWeights
{
    public static IReadOnlyList<double> Of(IReadOnlyList<string> groups, CanaryClassifier? classifier)
    {
        var configured = classifier?.GroupWeights ?? new Dictionary<string, double>();
        var without = groups.Count(group => !configured.ContainsKey(group));
        var left = 100 - configured.Values.Sum();
        return [.. groups.Select(group => configured.TryGetValue(group, out var weight) ? weight : left / without)];
    }
}
