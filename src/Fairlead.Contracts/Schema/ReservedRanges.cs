namespace Fairlead.Contracts.Schema;

/// <summary>Numbers and names that a message or an enum keeps from being given away.</summary>
/// <param name="Ranges">Both ends inclusive.</param>
internal sealed record ReservedRanges(IReadOnlyList<(int First, int Last)> Ranges, IReadOnlyList<string> Names)
{
    public bool Has(int number) => Ranges.Any(range => range.First <= number && number <= range.Last);

    public bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>What of these ranges the others do not cover, both ends inclusive.</summary>
    public static IEnumerable<(int First, int Last)> Uncovered(IEnumerable<(int First, int Last)> ranges, IEnumerable<(int First, int Last)> others)
    {
        var covers = others.Order().ToList();
        foreach (var (first, last) in ranges)
        {
            long next = first;
            foreach (var cover in covers.Where(cover => cover.Last >= first && cover.First <= last))
            {
                if (cover.First > next)
                    yield return ((int)next, cover.First - 1);
                next = Math.Max(next, cover.Last + 1L);
            }

            if (next <= last)
                yield return ((int)next, last);
        }
    }
}
