using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Comparison;

/// <summary>What was reserved stays reserved: somebody once used it.</summary>
internal static class ReservedComparison
{
    /// <param name="kind">"message" or "enum".</param>
    public static void Compare(string kind, string fullName, ReservedRanges released, ReservedRanges other, ChangeLog log)
    {
        foreach (var range in ReservedRanges.Uncovered(released.Ranges, other.Ranges))
            log.Add(fullName, ContractRule.ReservedRemoved, ContractLevel.Wire, $"The {kind} '{fullName}' no longer reserves {Text(range)}: the number once meant something to old clients and may be given away again; reserve it again.");
        foreach (var name in released.Names.Where(name => !other.Has(name)))
            log.Add(fullName, ContractRule.ReservedRemoved, ContractLevel.Json, $"The {kind} '{fullName}' no longer reserves \"{name}\": the name once meant something to old clients and may be given away again; reserve it again.");
    }

    public static string Text((int First, int Last) range) => range.First == range.Last ? $"{range.First}" : $"{range.First} to {range.Last}";
}
