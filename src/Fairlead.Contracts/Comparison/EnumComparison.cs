using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Comparison;

/// <summary>Compares two enums.</summary>
internal static class EnumComparison
{
    public static void Compare(EnumSchema released, EnumSchema other, ChangeLog log)
    {
        foreach (var (value, number) in released.Values)
        {
            var name = $"Value '{value}' ({number}) of '{released.FullName}'";
            var where = $"{released.FullName}.{value}";
            if (other.Values.Contains((value, number)))
                continue;
            if (other.Values.FirstOrDefault(candidate => candidate.Name == value) is { Name: not null } moved)
                log.Add(where, ContractRule.EnumValueRenumbered, ContractLevel.Wire, $"{name} became {moved.Number}: old clients take {number} for it, and do not know {moved.Number}; give it {number} again.");
            else if (Successor(released, other, number) is { } successor)
                log.Add(where, ContractRule.EnumValueRenamed, ContractLevel.Json, $"{name} became '{successor}': its name in JSON and in programs changes; keep the name, as an alias if need be.");
            else
                CompareRemoved(released, other, (value, number), log);
        }

        if (released.IsClosed != other.IsClosed)
            log.Add(released.FullName, ContractRule.EnumOpennessChanged, ContractLevel.Source, $"Enum '{released.FullName}' became {(other.IsClosed ? "closed" : "open")}: numbers without a name are {(other.IsClosed ? "dropped" : "kept")} now; keep the file's syntax.");
        ReservedComparison.Compare("enum", released.FullName, released.Reserved, other.Reserved, log);
    }

    /// <summary>The new name that a number has; null when the number is gone or only names are left that it had before.</summary>
    private static string? Successor(EnumSchema released, EnumSchema other, int number) =>
        other.Values.FirstOrDefault(candidate => candidate.Number == number && released.Values.All(old => old.Name != candidate.Name)).Name;

    private static void CompareRemoved(EnumSchema released, EnumSchema other, (string Name, int Number) value, ChangeLog log)
    {
        // An alias takes no number with it.
        var hasNumber = other.Reserved.Has(value.Number) || other.Values.Any(kept => kept.Number == value.Number && released.Values.Contains(kept));
        var hasName = other.Reserved.Has(value.Name);
        if (hasNumber && hasName)
            return;
        var cure =
            hasNumber ? $"reserve \"{value.Name}\" too"
            : hasName ? $"reserve {value.Number} too"
            : $"reserve {value.Number} and \"{value.Name}\"";
        log.Add($"{released.FullName}.{value.Name}", ContractRule.EnumValueRemoved, hasNumber ? ContractLevel.Json : ContractLevel.Wire, $"Value '{value.Name}' ({value.Number}) of '{released.FullName}' was removed: old clients still send and know it; keep it, or {cure}.");
    }
}
