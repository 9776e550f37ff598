using System.Text.Json;

namespace Fairlead.Sweeps.Searching;

/// <summary>Random points that have not been tried.</summary>
internal static class FreshPoints
{
    private const int Attempts = 200;

    /// <param name="tried">Fewer than the space has points.</param>
    /// <param name="stream">Another one for each trial.</param>
    public static IReadOnlyDictionary<string, JsonElement> Draw(SearchPlan plan, IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> tried, ulong stream)
    {
        var known = tried.Select(plan.Space.Signature).ToHashSet(StringComparer.Ordinal);
        var draws = new Draws(plan.Seed, stream);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var values = plan.Space.ValuesAt(draws.NextPoint(plan.Space.Parameters.Count));
            if (!known.Contains(plan.Space.Signature(values)))
                return values;
        }

        // Nearly all of a space that can be counted has been tried: the next free one from a random place on.
        if (plan.Space.Count is not { } count)
            return plan.Space.ValuesAt(draws.NextPoint(plan.Space.Parameters.Count));
        var start = (long)(draws.NextUnit() * count);
        return Enumerable.Range(0, known.Count + 1).Select(offset => plan.Space.ValuesOf((start + offset) % count)).First(values => !known.Contains(plan.Space.Signature(values)));
    }
}
