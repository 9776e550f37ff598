namespace Fairlead.Statistics.Canary.Ranks;

/// <summary>The means of all pairs of a sample's values, each with itself too.</summary>
/// <param name="values">Ascending, not empty, finite.</param>
internal sealed class WalshAverages(double[] values) : DifferenceSet
{
    public override long Count => (long)values.Length * (values.Length + 1) / 2;

    protected override double Least => values[0];

    protected override double Most => values[^1];

    public override (long Less, long AtMost) Place(double value)
    {
        var (less, atMost) = (0L, 0L);
        // Counted are partners at or after the value's own place: for a larger value they end earlier.
        var (endLess, endAtMost) = (values.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            while (endAtMost > i && Mean(i, endAtMost - 1) > value)
                endAtMost--;
            if (endLess > endAtMost)
                endLess = endAtMost;
            while (endLess > i && Mean(i, endLess - 1) >= value)
                endLess--;
            if (endAtMost <= i)
                break;
            atMost += endAtMost - i;
            less += Math.Max(0, endLess - i);
        }

        return (less, atMost);
    }

    protected override void Collect(double low, double high, List<double> into)
    {
        var end = values.Length;
        for (var i = 0; i < end; i++)
        {
            while (end > i && Mean(i, end - 1) > high)
                end--;
            for (var j = end - 1; j >= i && Mean(i, j) is var mean && mean >= low; j--)
                into.Add(mean);
        }
    }

    private double Mean(int i, int j) => (values[i] / 2) + (values[j] / 2);
}
