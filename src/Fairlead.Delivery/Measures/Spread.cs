namespace Fairlead.Delivery.Measures;

/// <summary>How long something took, over several times that it happened. All in seconds.</summary>
/// <param name="Median">Half took no longer.</param>
/// <param name="Ninetieth">Nine of ten took no longer.</param>
public sealed record Spread(int Count, double Median, double Ninetieth, double Longest)
{
    private const double Half = 0.5;
    private const double NineOfTen = 0.9;

    /// <summary>Null when it never happened.</summary>
    public static Spread? Of(IEnumerable<TimeSpan> times)
    {
        // A clock that was set back makes nothing take less than no time.
        var sorted = times.Select(time => Math.Max(0, time.TotalSeconds)).Order().ToList();
        return sorted.Count == 0 ? null : new Spread(sorted.Count, Quantile(sorted, Half), Quantile(sorted, NineOfTen), sorted[^1]);
    }

    /// <summary>Between the two nearest values in proportion.</summary>
    private static double Quantile(List<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        return below + 1 == sorted.Count ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
