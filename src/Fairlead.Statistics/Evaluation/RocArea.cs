namespace Fairlead.Statistics.Evaluation;

/// <summary>The area under the ROC curve, exact by ranks; ties count half.</summary>
public static class RocArea
{
    /// <summary>The share of pairs of a positive and a negative row in which the positive scores higher; NaN when there are rows of one class only.</summary>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives) => RocPlacements.Of(scores, positives).Area;

    /// <summary>Two models over the same rows, with DeLong's interval of the difference.</summary>
    public static MetricComparison Compare(string metric, ReadOnlySpan<double> baseline, ReadOnlySpan<double> candidate, ReadOnlySpan<bool> positives)
    {
        var left = RocPlacements.Of(baseline, positives);
        var right = RocPlacements.Of(candidate, positives);
        var ofPositives = new RunningMoments();
        var ofNegatives = new RunningMoments();
        for (var i = 0; i < positives.Length; i++)
        {
            if (positives[i])
                ofPositives.Add(right.All[i] - left.All[i]);
            else
                ofNegatives.Add(right.All[i] - left.All[i]);
        }

        var error = Math.Sqrt((ofPositives.Variance / ofPositives.Count) + (ofNegatives.Variance / ofNegatives.Count));
        var difference = right.Area - left.Area;
        return new MetricComparison(metric, left.Area, right.Area, difference - (PairedInterval.Z * error), difference + (PairedInterval.Z * error));
    }
}
