using Fairlead.Statistics.Distributions;

namespace Fairlead.Statistics.Canary.Ranks;

/// <summary>The rank sum of one sample among both, from one walk along the sorted samples.</summary>
/// <param name="Excess">Rank sum of the experiment less its expectation: half of the pairs.</param>
/// <param name="Deviation">Its standard deviation without any shift, ties considered; 0 when all values are alike.</param>
/// <param name="Step">By how much a rank sum changes on average when two neighbouring values change sides: 1 without ties, more the fewer values there are.</param>
internal readonly record struct RankSums(double Excess, double Deviation, double Step)
{
    /// <summary>Half a step towards the expectation, over the deviation.</summary>
    public double Score => (Excess - (0.5 * Math.Sign(Excess))) / Deviation;

    /// <summary>Of no shift, two-sided, with half of the step that ties leave: where few values are left half a rank is too little.</summary>
    public double PValueOfSteps => Deviation > 0 ? UpperTail.NormalTwoSided(Math.Max(0, Math.Abs(Excess) - (Step / 2)) / Deviation) : 1;

    /// <param name="x">The experiment, ascending.</param>
    /// <param name="y">The control, ascending.</param>
    /// <param name="shift">Taken off each value of the experiment.</param>
    public static RankSums Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double shift)
    {
        var (i, j) = (0, 0);
        var (sum, ties) = (0.0, 0.0);
        var (first, last, groups) = (0.0, 0.0, 0);
        while (i < x.Length || j < y.Length)
        {
            var value = i == x.Length ? y[j] : j == y.Length ? x[i] - shift : Math.Min(x[i] - shift, y[j]);
            var (fromX, fromY) = (i, j);
            while (i < x.Length && x[i] - shift <= value)
                i++;
            while (j < y.Length && y[j] <= value)
                j++;
            double own = i - fromX, all = own + (j - fromY);
            var rank = fromX + fromY + ((all + 1) / 2);
            sum += own * rank;
            (first, last, groups) = (groups == 0 ? rank : first, rank, groups + 1);
            if (all > 1)
                ties += ((all * all) - 1) * all;
        }

        double m = x.Length, n = y.Length;
        return new RankSums(sum - (m * (m + 1) / 2) - (m * n / 2), DeviationOf(m, n, ties), (last - first) / Math.Max(1, groups - 1));
    }

    /// <summary>The deviation where no value of one sample equals one of the other.</summary>
    public static double DeviationApart(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => DeviationOf(x.Length, y.Length, TiesWithin(x) + TiesWithin(y));

    /// <summary>Sum of t³ − t over the groups of equal values.</summary>
    public static double TiesWithin(ReadOnlySpan<double> sorted)
    {
        var sum = 0.0;
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from])
                to++;
            double group = to - from;
            sum += ((group * group) - 1) * group;
            from = to;
        }

        return sum;
    }

    private static double DeviationOf(double m, double n, double ties) =>
        Math.Sqrt(Math.Max(0, m * n / 12 * (m + n + 1 - (ties / ((m + n) * (m + n - 1))))));
}
