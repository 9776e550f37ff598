using Fairlead.Statistics.Distributions;

namespace Fairlead.Statistics.Canary.Ranks;

/// <summary>The test of Wilcoxon on differences within pairs: whether they lie about zero.</summary>
internal static class SignedRanks
{
    /// <summary>Two-sided, by the normal limit with ties and half of the least step considered; differences of zero are left out.</summary>
    /// <param name="differences">Finite.</param>
    public static double PValue(ReadOnlySpan<double> differences)
    {
        var sizes = new List<double>(differences.Length);
        var signs = new List<int>(differences.Length);
        foreach (var difference in differences)
        {
            if (difference == 0)
                continue;
            sizes.Add(Math.Abs(difference));
            signs.Add(Math.Sign(difference));
        }

        var (size, sign) = (sizes.ToArray(), signs.ToArray());
        Array.Sort(size, sign);
        double n = size.Length;
        var (positive, ties, step) = (0.0, 0.0, 0.0);
        for (var from = 0; from < size.Length;)
        {
            var to = from + 1;
            while (to < size.Length && size[to] == size[from])
                to++;
            double group = to - from;
            // A change of the sign of the smallest difference; 1 without ties.
            step = from == 0 ? (group + 1) / 2 : step;
            ties += ((group * group) - 1) * group;
            for (var i = from; i < to; i++)
                positive += sign[i] > 0 ? (from + to + 1) / 2.0 : 0;
            from = to;
        }

        var excess = positive - (n * (n + 1) / 4);
        var deviation = Math.Sqrt((n * (n + 1) * ((2 * n) + 1) / 24) - (ties / 48));
        return deviation > 0 ? Math.Max(LeastPValue(size.Length), UpperTail.NormalTwoSided(Math.Max(0, Math.Abs(excess) - (step / 2)) / deviation)) : 1;
    }

    /// <summary>Of pairs that all differ the same way.</summary>
    public static double LeastPValue(int pairs) => Math.Min(1, 2 * Math.Pow(0.5, pairs));
}
