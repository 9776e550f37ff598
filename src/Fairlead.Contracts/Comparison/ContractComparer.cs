using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Comparison;

/// <summary>
/// Compares what clients of a released contract can see: its services, the types of its file, and the types that these reach.
/// </summary>
/// <remarks>
/// Counted as a break is what an old client feels on the wire, what differs in JSON, and what makes a program that is generated anew fail to
/// compile. Not counted: additions, removals whose number and name are both reserved, presence gained, packed or not, comments, options that
/// steer only how code is generated, files that moved while their names stayed, and the package <c>google.protobuf</c>.
/// </remarks>
public sealed class ContractComparer : IContractComparer
{
    public IReadOnlyList<ContractChange> Compare(byte[] released, byte[] candidate)
    {
        var (old, now) = (ContractSchema.Open(released), ContractSchema.Open(candidate));
        var log = new ChangeLog();
        var names = new NameMap(old, now);
        if (names.IsRenamed)
            log.Add(old.Package, ContractRule.PackageRenamed, ContractLevel.Wire, $"Package '{old.Package}' became '{now.Package}': clients call the old names and get UNIMPLEMENTED; keep the package, or serve the new one as a service of its own.");
        new ServiceComparison(now, names, log).Compare(old.Services);
        CompareTypes(old, now, names, log);
        return log.Changes;
    }

    private static void CompareTypes(ContractSchema old, ContractSchema now, NameMap names, ChangeLog log)
    {
        var scope = ContractScope.Of(old);
        var messages = new MessageComparison(names, log);
        foreach (var message in old.Messages.Values.Where(message => scope.Contains(message.FullName)))
        {
            if (now.Messages.TryGetValue(names.Of(message.FullName), out var counterpart))
                messages.Compare(message, counterpart);
            else if (!IsWithinRemoved(message.FullName, old, now, names))
                log.Add(message.FullName, ContractRule.MessageRemoved, ContractLevel.Source, $"Message '{message.FullName}' was removed: programs that use it no longer compile, and an Any that holds it cannot be read; keep it.");
        }

        foreach (var @enum in old.Enums.Values.Where(@enum => scope.Contains(@enum.FullName)))
        {
            if (now.Enums.TryGetValue(names.Of(@enum.FullName), out var counterpart))
                EnumComparison.Compare(@enum, counterpart, log);
            else if (!IsWithinRemoved(@enum.FullName, old, now, names))
                log.Add(@enum.FullName, ContractRule.EnumRemoved, ContractLevel.Source, $"Enum '{@enum.FullName}' was removed: programs that use it no longer compile; keep it.");
        }
    }

    /// <summary>What lies within a message goes with it, and is not told of again.</summary>
    private static bool IsWithinRemoved(string fullName, ContractSchema old, ContractSchema now, NameMap names)
    {
        var dot = fullName.LastIndexOf('.');
        return dot >= 0 && old.Messages.ContainsKey(fullName[..dot]) && !now.Messages.ContainsKey(names.Of(fullName[..dot]));
    }
}
