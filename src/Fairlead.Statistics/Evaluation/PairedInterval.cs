namespace Fairlead.Statistics.Evaluation;

/// <summary>Two models compared by a number for each row and model: the rows are the same, so that their differences are what varies.</summary>
internal static class PairedInterval
{
    /// <summary>Half the width of a 95 % interval in standard errors.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>Compares the means; the interval is the normal one of the mean difference.</summary>
    public static MetricComparison OfMeans(string metric, ReadOnlySpan<double> baseline, ReadOnlySpan<double> candidate)
    {
        var left = new RunningMoments();
        var right = new RunningMoments();
        var differences = new RunningMoments();
        for (var i = 0; i < baseline.Length; i++)
        {
            left.Add(baseline[i]);
            right.Add(candidate[i]);
            differences.Add(candidate[i] - baseline[i]);
        }

        var error = Z * Math.Sqrt(differences.Variance / differences.Count);
        return new MetricComparison(metric, left.Mean, right.Mean, differences.Mean - error, differences.Mean + error);
    }

    /// <summary>The interval of a difference whose change with each row is known (delta method).</summary>
    /// <param name="influences">What each row adds to the difference, to first order; their mean is 0.</param>
    public static MetricComparison OfInfluences(string metric, double baseline, double candidate, ReadOnlySpan<double> influences)
    {
        var moments = new RunningMoments();
        foreach (var influence in influences)
            moments.Add(influence);
        var error = Z * Math.Sqrt(moments.Variance / moments.Count);
        return new MetricComparison(metric, baseline, candidate, candidate - baseline - error, candidate - baseline + error);
    }
}
