namespace Fairlead.Statistics.Canary.Ranks;

/// <summary>All differences of a value of one sample less one of another.</summary>
/// <param name="x">Ascending, not empty, finite.</param>
/// <param name="y">Ascending, not empty, finite.</param>
internal sealed class PairwiseDifferences(double[] x, double[] y) : DifferenceSet
{
    public override long Count => (long)x.Length * y.Length;

    protected override double Least => x[0] - y[^1];

    protected override double Most => x[^1] - y[0];

    public override (long Less, long AtMost) Place(double value)
    {
        // For a larger x the differences below the value begin at a later y: both places only move forward.
        var (less, atMost) = (0L, 0L);
        var (first, firstAtMost) = (0, 0);
        foreach (var own in x)
        {
            while (firstAtMost < y.Length && own - y[firstAtMost] > value)
                firstAtMost++;
            if (first < firstAtMost)
                first = firstAtMost;
            while (first < y.Length && own - y[first] >= value)
                first++;
            less += y.Length - first;
            atMost += y.Length - firstAtMost;
        }

        return (less, atMost);
    }

    protected override void Collect(double low, double high, List<double> into)
    {
        var from = 0;
        foreach (var own in x)
        {
            while (from < y.Length && own - y[from] > high)
                from++;
            for (var j = from; j < y.Length && own - y[j] is var difference && difference >= low; j++)
                into.Add(difference);
        }
    }
}
