namespace Fairlead.Statistics.Canary.Ranks;

/// <summary>
/// Brent's way to a root: inverse quadratic interpolation where it gains, halving elsewhere. It takes the same steps as the routine of Netlib that R and
/// Kayenta use, because on a function with steps the root that is found depends on the way to it.
/// </summary>
internal static class BrentRoot
{
    private const int MostSteps = 1001;
    private const double Epsilon = 2.220446049250313e-16;

    /// <param name="left">Where the function has the value <paramref name="atLeft"/>.</param>
    /// <param name="right">Where the function has the value <paramref name="atRight"/>.</param>
    /// <param name="tolerance">Absolute.</param>
    /// <returns>A root, or the best guess after too many steps or without a change of sign.</returns>
    public static double Find(Func<double, double> function, double left, double atLeft, double right, double atRight, double tolerance)
    {
        if (atLeft == 0)
            return left;
        var (last, best, other) = (left, right, left);
        var (atLast, atBest, atOther) = (atLeft, atRight, atLeft);
        for (var step = 0; step < MostSteps; step++)
        {
            var before = best - last;
            if (Math.Abs(atOther) < Math.Abs(atBest))
            {
                (last, best, other) = (best, other, best);
                (atLast, atBest, atOther) = (atBest, atOther, atBest);
            }

            var least = (2 * Epsilon * Math.Abs(best)) + (tolerance / 2);
            var half = (other - best) / 2;
            if (Math.Abs(half) <= least || atBest == 0)
                return best;
            var move = Math.Abs(before) >= least && Math.Abs(atLast) > Math.Abs(atBest)
                ? Interpolate(last, best, other, atLast, atBest, atOther, before, least) ?? half
                : half;
            if (Math.Abs(move) < least)
                move = move > 0 ? least : -least;
            (last, atLast) = (best, atBest);
            best += move;
            atBest = function(best);
            if ((atBest > 0 && atOther > 0) || (atBest < 0 && atOther < 0))
                (other, atOther) = (last, atLast);
        }

        return best;
    }

    /// <returns>Null where halving is better.</returns>
    private static double? Interpolate(double last, double best, double other, double atLast, double atBest, double atOther, double before, double least)
    {
        double p, q;
        var width = other - best;
        if (last == other)
        {
            var ratio = atBest / atLast;
            p = width * ratio;
            q = 1 - ratio;
        }
        else
        {
            var (across, ratioOther, ratioLast) = (atLast / atOther, atBest / atOther, atBest / atLast);
            p = ratioLast * ((width * across * (across - ratioOther)) - ((best - last) * (ratioOther - 1)));
            q = (across - 1) * (ratioOther - 1) * (ratioLast - 1);
        }

        if (p > 0)
            q = -q;
        else
            p = -p;
        return p < (0.75 * width * q) - (Math.Abs(least * q) / 2) && p < Math.Abs(before * q / 2) ? p / q : null;
    }
}
