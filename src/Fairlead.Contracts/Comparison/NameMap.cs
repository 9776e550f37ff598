using Fairlead.Contracts.Schema;

namespace Fairlead.Contracts.Comparison;

/// <summary>
/// What a released name is called in the candidate. They differ only where the contract's package was renamed: that is one change, and what
/// else changed is found by comparing each type with its counterpart in the new package.
/// </summary>
internal sealed class NameMap(ContractSchema released, ContractSchema candidate)
{
    public bool IsRenamed { get; } = released.Package != candidate.Package;

    public string Of(string fullName)
    {
        if (!IsRenamed || candidate.Messages.ContainsKey(fullName) || candidate.Enums.ContainsKey(fullName))
            return fullName;
        var start = released.Package.Length == 0 ? 0 : released.Package.Length + 1;
        if (start > 0 && !fullName.StartsWith(released.Package + ".", StringComparison.Ordinal))
            return fullName;
        return candidate.Package.Length == 0 ? fullName[start..] : $"{candidate.Package}.{fullName[start..]}";
    }
}
