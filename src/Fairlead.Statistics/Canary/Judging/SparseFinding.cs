using Fairlead.Statistics.Canary.Ranks;

namespace Fairlead.Statistics.Canary.Judging;

/// <summary>
/// Metrics that are zero most of the time, as errors are: the median of the differences stays zero whatever happens, so that what counts is how many points are
/// not zero, exactly, and how large those are.
/// </summary>
internal static class SparseFinding
{
    /// <summary>True when no point is negative and more than half of all are zero.</summary>
    public static bool Fits(double[] experiment, double[] control) =>
        experiment[0] >= 0 && control[0] >= 0 && 2L * (Zeros(experiment) + Zeros(control)) > experiment.Length + control.Length;

    /// <param name="experiment">Ascending, not empty.</param>
    /// <param name="control">Ascending, not empty.</param>
    public static Finding Of(double[] experiment, double[] control, double level, double tolerance, CanaryDirection direction)
    {
        var (hits, controlHits) = (experiment[Zeros(experiment)..], control[Zeros(control)..]);
        var shares = new ShareComparison(hits.Length, experiment.Length, controlHits.Length, control.Length);
        // Below a control of zeros there is nothing: the whole level is spent above.
        if (controlHits.Length == 0)
            return OfShares(shares, level, level, direction);
        if (hits.Length == 0 || ShiftInterval.OfSamples(hits, controlHits, level / 2) is not { Low: not null } sizes)
            return OfShares(shares, level, level / 2, direction);
        var found = OfShares(shares, level / 2, level / 4, direction);
        var ofSizes = Finding.Of(CanaryTest.Sizes, sizes, level / 2, tolerance);
        return !found.IsBad(direction) && ofSizes.IsBad(direction) ? ofSizes : found;
    }

    /// <param name="level">Of the interval.</param>
    /// <param name="side">Of the test on each side.</param>
    private static Finding OfShares(ShareComparison shares, double level, double side, CanaryDirection direction)
    {
        var (above, below) = (shares.PValueHigh, shares.PValueLow);
        var isOneSided = shares.ControlHits == 0;
        var change = above <= side ? 1 : below <= side && !isOneSided ? -1 : 0;
        var pValue = isOneSided ? above : Math.Min(1, 2 * Math.Min(above, below));
        var (low, high) = shares.Interval(level);
        var detectable = direction == CanaryDirection.Decrease ? DetectableFall(shares, side) : shares.Detectable(side);
        return new Finding(CanaryTest.Shares, change, shares.Share - shares.ControlShare, low, high, 0, level, pValue, detectable);
    }

    /// <summary>Only the fall to nothing is asked for: where even that would not be seen, nothing would.</summary>
    private static double? DetectableFall(ShareComparison shares, double side) =>
        shares.ControlHits > 0 && (shares with { Hits = 0 }).PValueLow <= side ? shares.ControlShare : null;

    private static int Zeros(double[] sorted)
    {
        var place = Array.FindIndex(sorted, value => value > 0);
        return place < 0 ? sorted.Length : place;
    }
}
