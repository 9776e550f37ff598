namespace Fairlead.Statistics.Evaluation;

/// <summary>Two models that name a class for the same rows.</summary>
public static class ClassComparison
{
    /// <summary><c>accuracy</c> with its interval, and means over the classes that are true or named: <c>precision</c>, <c>recall</c>, <c>f1</c>; what is not defined for a class counts 0.</summary>
    public static IReadOnlyList<MetricComparison> Of(IReadOnlyList<string> baseline, IReadOnlyList<string> candidate, IReadOnlyList<string> truth)
    {
        if (baseline.Count != candidate.Count || baseline.Count != truth.Count)
            throw new ArgumentException($"There are {baseline.Count} and {candidate.Count} classes for {truth.Count} rows.", nameof(truth));
        var left = MacroAverages(baseline, truth);
        var right = MacroAverages(candidate, truth);
        return
        [
            PairedInterval.OfMeans("accuracy", Hits(baseline, truth), Hits(candidate, truth)),
            new MetricComparison("precision", left.Precision, right.Precision),
            new MetricComparison("recall", left.Recall, right.Recall),
            new MetricComparison("f1", left.F1, right.F1),
        ];
    }

    private static double[] Hits(IReadOnlyList<string> named, IReadOnlyList<string> truth)
    {
        var hits = new double[truth.Count];
        for (var i = 0; i < hits.Length; i++)
            hits[i] = named[i] == truth[i] ? 1 : 0;
        return hits;
    }

    private static (double Precision, double Recall, double F1) MacroAverages(IReadOnlyList<string> named, IReadOnlyList<string> truth)
    {
        var counts = new Dictionary<string, (int Hits, int Named, int True)>(StringComparer.Ordinal);
        for (var i = 0; i < truth.Count; i++)
        {
            var ofNamed = counts.GetValueOrDefault(named[i]);
            counts[named[i]] = ofNamed with { Named = ofNamed.Named + 1, Hits = ofNamed.Hits + (named[i] == truth[i] ? 1 : 0) };
            var ofTrue = counts.GetValueOrDefault(truth[i]);
            counts[truth[i]] = ofTrue with { True = ofTrue.True + 1 };
        }

        return counts.Count == 0
            ? (double.NaN, double.NaN, double.NaN)
            : (counts.Values.Average(count => count.Hits / (double)Math.Max(1, count.Named)),
                counts.Values.Average(count => count.Hits / (double)Math.Max(1, count.True)),
                counts.Values.Average(count => 2.0 * count.Hits / Math.Max(1, count.Named + count.True)));
    }
}
