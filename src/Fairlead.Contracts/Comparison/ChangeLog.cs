using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Comparison;

/// <summary>The changes that were found, in order.</summary>
internal sealed class ChangeLog
{
    private readonly List<ContractChange> changes = [];

    public IReadOnlyList<ContractChange> Changes => changes;

    public void Add(string where, ContractRule rule, ContractLevel level, string message) => changes.Add(new ContractChange(where, rule, level, message));
}
