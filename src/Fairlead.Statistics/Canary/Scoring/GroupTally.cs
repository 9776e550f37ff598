namespace Fairlead.Statistics.Canary.Scoring;

/// <summary>The metrics of a group by what became of them; muted ones and those left out are in none.</summary>
internal sealed record GroupTally(string Name, int Passed, int Failed, int NodataFailed, int Nodata, int Errors)
{
    public int All => Passed + Failed + NodataFailed + Nodata + Errors;

    /// <summary>Groups by name, in the order in which metrics name them.</summary>
    public static IReadOnlyList<GroupTally> Of(IEnumerable<CanaryMetricVerdict> metrics) =>
    [
        .. metrics.SelectMany(metric => metric.Groups.Distinct(StringComparer.Ordinal).Select(group => (Group: group, metric.Classification)))
            .GroupBy(pair => pair.Group, pair => pair.Classification, StringComparer.Ordinal)
            .Select(group => Count(group.Key, [.. group])),
    ];

    private static GroupTally Count(string name, IReadOnlyList<CanaryClassification> all) => new(
        name,
        all.Count(one => one == CanaryClassification.Pass),
        all.Count(one => one is CanaryClassification.High or CanaryClassification.Low),
        all.Count(one => one == CanaryClassification.NodataFail),
        all.Count(one => one == CanaryClassification.Nodata),
        all.Count(one => one == CanaryClassification.Error));
}
