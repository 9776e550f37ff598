using Fairlead.Statistics.Distributions;

namespace Fairlead.Statistics.Drift;

/// <summary>
/// How much more the days of a period differ among themselves than rows that do not depend on one another would: the chi-squared of their cells by its degrees
/// of freedom, as Rao and Scott correct tests for rows that come in clusters. Storms, weekends and campaigns make it large.
/// </summary>
public static class DayVariation
{
    /// <summary>Days that are needed to tell.</summary>
    public const int LeastDays = 5;

    /// <returns>1 at least; null with too few days.</returns>
    /// <param name="days">Rows by cell, for each day.</param>
    public static double? Of(IReadOnlyList<long[]> days)
    {
        var used = days.Where(day => day.Sum() > 0).ToList();
        if (used.Count < LeastDays)
            return null;
        var cells = used[0].Length;
        var totals = new double[cells];
        foreach (var day in used)
        {
            for (var i = 0; i < cells; i++)
                totals[i] += day[i];
        }

        var all = totals.Sum();
        var (statistic, degrees) = (0.0, 0);
        for (var i = 0; i < cells; i++)
        {
            if (totals[i] <= 0)
                continue;
            degrees += used.Count - 1;
            foreach (var day in used)
            {
                var expected = totals[i] / all * day.Sum();
                statistic += (day[i] - expected) * (day[i] - expected) / expected;
            }
        }

        degrees -= used.Count - 1;
        return degrees < 1 ? 1 : Math.Max(1, statistic / degrees);
    }

    /// <summary>That a stability index is as large as it is when days, not rows, are what is independent.</summary>
    public static double PValue(StabilityIndex index, double variation) => UpperTail.ChiSquared(index.Value / (index.Noise * variation), index.Cells - 1);
}
