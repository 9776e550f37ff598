namespace Fairlead.Statistics.Drift;

/// <summary>Many tests at once: of those that are called drift at a level, that share at most is expected to be false.</summary>
public static class FalseDiscovery
{
    /// <summary>The level at which each test would just be called, after Benjamini and Hochberg, in the order of the tests.</summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        var order = Enumerable.Range(0, pValues.Count).OrderByDescending(i => pValues[i]).ToArray();
        var adjusted = new double[pValues.Count];
        var least = 1.0;
        for (var place = 0; place < order.Length; place++)
        {
            least = Math.Min(least, pValues[order[place]] * pValues.Count / (pValues.Count - place));
            adjusted[order[place]] = least;
        }

        return adjusted;
    }
}
