namespace Fairlead.Domain.Problems;

/// <summary>Finds the known name that a mistyped one most likely meant, by Damerau-Levenshtein distance (optimal string alignment).</summary>
public static class NearestName
{
    /// <summary>The nearest known name, or null when none is within a third of the length (at least 2 edits).</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        var limit = Math.Max(2, name.Length / 3);
        return known
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= limit && pair.distance < pair.candidate.Length)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>" (did you mean 'x'?)" or the list of known names, for the end of a message.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> known) =>
        Of(name, known) is { } nearest ? $"did you mean '{nearest}'?"
        : known.Count == 0 ? "there is none yet"
        : $"known: {string.Join(", ", known.Order(StringComparer.Ordinal))}";

    private static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            cost[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            cost[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = left[i - 1] == right[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + substitution);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[left.Length, right.Length];
    }
}
