namespace Fairlead.Statistics.Evaluation;

/// <summary>
/// For every row its placement among the rows of the other class: for a positive the share of negatives that score lower, for a negative the share
/// of positives that score higher, ties half. Their means are the area under the ROC curve, their covariances its variance (DeLong).
/// </summary>
internal sealed class RocPlacements
{
    private RocPlacements(double[] placements, double area)
    {
        All = placements;
        Area = area;
    }

    /// <summary>In the order of the rows.</summary>
    public double[] All { get; }

    /// <summary>NaN when there are rows of one class only.</summary>
    public double Area { get; }

    public static RocPlacements Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives)
    {
        if (scores.Length != positives.Length)
            throw new ArgumentException($"There are {scores.Length} scores and {positives.Length} labels.", nameof(positives));
        var sorted = scores.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        var all = positives.Count(true);
        var none = positives.Length - all;
        var placements = new double[sorted.Length];
        var (below, negativesBelow, sum) = (0, 0, 0.0);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            var tied = 0;
            for (; end < sorted.Length && sorted[end] == sorted[start]; end++)
                tied += positives[order[end]] ? 1 : 0;
            // A NaN equals nothing, not even itself: it stands alone, below all others, where sorting puts it.
            if (end == start)
                tied = positives[order[end++]] ? 1 : 0;
            var tiedNegatives = end - start - tied;
            var ofPositive = (negativesBelow + (tiedNegatives / 2.0)) / none;
            var ofNegative = (all - below - (tied / 2.0)) / all;
            for (var i = start; i < end; i++)
                placements[order[i]] = positives[order[i]] ? ofPositive : ofNegative;
            sum += tied * ofPositive;
            below += tied;
            negativesBelow += tiedNegatives;
            start = end;
        }

        return new RocPlacements(placements, all == 0 || none == 0 ? double.NaN : sum / all);
    }
}
