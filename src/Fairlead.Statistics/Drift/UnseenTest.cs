using Fairlead.Statistics.Distributions;

namespace Fairlead.Statistics.Drift;

/// <summary>
/// How many rows of one sample have values that the other does not hold, against how many are expected without drift. By Good and Turing that is the share of
/// the other's rows whose value occurs once: a column of ids has new values in every row, and no drift.
/// </summary>
/// <param name="Share">Of rows with values that the other sample lacks, 0 to 1.</param>
/// <param name="Expected">The same without drift.</param>
/// <param name="PValue">One-sided.</param>
public readonly record struct UnseenTest(double Share, double Expected, double PValue)
{
    /// <summary>As <see cref="ShareTest.Effect"/>; 0 when fewer are unseen than expected.</summary>
    public double Effect => Share <= Expected ? 0 : ShareTest.EffectOf(Expected, Share);

    /// <param name="unseen">Rows whose value the other sample lacks.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="otherSingles">Rows of the other sample whose value occurs once in it.</param>
    /// <param name="otherPairs">Values that occur twice in it.</param>
    /// <param name="otherRows">All rows of it.</param>
    public static UnseenTest Of(long unseen, long rows, long otherSingles, long otherPairs, long otherRows)
    {
        if (rows == 0 || otherRows == 0)
            return new UnseenTest(0, 0, 1);
        var share = (double)unseen / rows;
        var expected = (double)otherSingles / otherRows;
        if (share <= expected)
            return new UnseenTest(share, expected, 1);
        // Of the estimate (Robbins; Esty), and of the rows about it: one more single than there is keeps both above 0.
        var ofEstimate = (otherSingles + (2.0 * otherPairs) + 1) / ((double)otherRows * otherRows);
        var bounded = Math.Min(1, (otherSingles + 1.0) / otherRows);
        // Rows of one value come together: a value that the other sample missed by chance is likely to be in several rows here, as many as pairs tell.
        var ofRows = (Math.Max(bounded * (1 - bounded), 1.0 / rows) / rows) + (2.0 * otherPairs / ((double)otherRows * otherRows));
        return new UnseenTest(share, expected, UpperTail.Normal((share - expected) / Math.Sqrt(ofEstimate + ofRows)));
    }
}
