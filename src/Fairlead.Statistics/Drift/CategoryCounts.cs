namespace Fairlead.Statistics.Drift;

/// <summary>Both sides of a comparison of categories: the most frequent values by name, of the others only how many there are.</summary>
public sealed record CategoryCounts
{
    /// <summary>Most frequent first, by the sum of both shares.</summary>
    public required IReadOnlyList<CategoryCount> Top { get; init; }

    public required CategorySide Reference { get; init; }

    public required CategorySide Live { get; init; }

    /// <summary>Counts two samples; null is a missing value.</summary>
    /// <param name="top">Values by name.</param>
    public static CategoryCounts Of(IEnumerable<string?> reference, IEnumerable<string?> live, int top = 1000)
    {
        var counts = new Dictionary<string, (long Reference, long Live)>(StringComparer.Ordinal);
        var (missingReference, missingLive) = (0L, 0L);
        foreach (var value in reference)
        {
            if (value is null)
                missingReference++;
            else
                counts[value] = counts.GetValueOrDefault(value) is var at ? (at.Reference + 1, at.Live) : default;
        }

        foreach (var value in live)
        {
            if (value is null)
                missingLive++;
            else
                counts[value] = counts.GetValueOrDefault(value) is var at ? (at.Reference, at.Live + 1) : default;
        }

        return Of(counts.Select(pair => new CategoryCount(pair.Key, pair.Value.Reference, pair.Value.Live)).ToList(), missingReference, missingLive, top);
    }

    /// <summary>From all values that occur on either side.</summary>
    public static CategoryCounts Of(IReadOnlyList<CategoryCount> all, long missingReference, long missingLive, int top = 1000)
    {
        var reference = CategorySide.Of(all.Select(value => (value.Reference, value.Live)), missingReference);
        var live = CategorySide.Of(all.Select(value => (value.Live, value.Reference)), missingLive);
        return new CategoryCounts
        {
            Top = [.. all.OrderByDescending(value => Weight(value, reference, live)).ThenBy(value => value.Name, StringComparer.Ordinal).Take(top)],
            Reference = reference,
            Live = live,
        };
    }

    private static double Weight(CategoryCount value, CategorySide reference, CategorySide live) =>
        ((double)value.Reference / Math.Max(1, reference.Present)) + ((double)value.Live / Math.Max(1, live.Present));
}
