using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Comparison;

/// <summary>Compares two messages: which field became which, what was added, what is no longer reserved.</summary>
internal sealed class MessageComparison(NameMap names, ChangeLog log)
{
    private readonly FieldComparison fields = new(names, log);

    public void Compare(MessageSchema released, MessageSchema other)
    {
        var oneofs = new OneofComparison(released, other, log);
        oneofs.CompareNames();
        foreach (var field in released.Declared)
            CompareField(released, field, other, oneofs);
        foreach (var field in other.Declared.Where(field => field.IsRequired && !IsKnown(released, field)))
            log.Add($"{released.FullName}.{field.Name}", ContractRule.RequiredFieldAdded, ContractLevel.Wire, $"Field '{field.Name}' ({field.Number}) of '{released.FullName}' is new and required: messages of old clients have none and are refused; make it optional.");
        ReservedComparison.Compare("message", released.FullName, released.Reserved, other.Reserved, log);
        foreach (var range in ReservedRanges.Uncovered(released.ExtensionRanges, other.ExtensionRanges))
            log.Add(released.FullName, ContractRule.ExtensionRangeRemoved, ContractLevel.Wire, $"Message '{released.FullName}' no longer takes extensions with {ReservedComparison.Text(range)}: extensions of others lose their place; keep the range.");
    }

    private void CompareField(MessageSchema released, FieldSchema field, MessageSchema other, OneofComparison oneofs)
    {
        var sameNumber = other.Find(field.Number);
        var sameName = other.Declared.FirstOrDefault(candidate => candidate.Name == field.Name);
        var name = $"Field '{field.Name}' ({field.Number}) of '{released.FullName}'";
        var where = $"{released.FullName}.{field.Name}";
        if (sameName is not null && sameName.Number != field.Number)
        {
            log.Add(where, ContractRule.FieldRenumbered, ContractLevel.Wire, $"{name} became {sameName.Number}: old clients look for it under {field.Number}; give it {field.Number} again.");
        }
        else if (sameNumber is null || IsElsewhere(released, sameNumber))
        {
            CompareRemoved(released, field, sameNumber, other.Reserved, where);
        }
        else
        {
            fields.Compare(where, name, field, sameNumber);
            oneofs.Compare(where, name, field, sameNumber);
        }
    }

    /// <summary>True when the field that has a number now is one that had another number before, so that it is no new name of the old field.</summary>
    private static bool IsElsewhere(MessageSchema released, FieldSchema field) =>
        released.Declared.Any(old => old.Name == field.Name && old.Number != field.Number);

    private static bool IsKnown(MessageSchema released, FieldSchema field) =>
        released.Find(field.Number) is not null || released.Declared.Any(old => old.Name == field.Name);

    private void CompareRemoved(MessageSchema released, FieldSchema field, FieldSchema? successor, ReservedRanges reserved, string where)
    {
        var (hasNumber, hasName) = (reserved.Has(field.Number), field.IsExtension || reserved.Has(field.Name));
        if (hasNumber && hasName && !field.IsRequired)
            return;
        var name = $"Field '{field.Name}' ({field.Number}) of '{released.FullName}' was removed";
        var what =
            field.IsRequired ? ": it is required, so that old clients refuse every message without it; keep it."
            : successor is not null ? $" and {field.Number} is '{successor.Name}' now: old clients take one for the other; keep it, and give '{successor.Name}' its own number."
            : hasNumber ? $": old clients know it by its name in JSON, which may be given to something else; keep it, or reserve \"{field.Name}\" too."
            : hasName ? $": old clients still send and read {field.Number}, which may be given to something else; keep it, or reserve {field.Number} too."
            : field.IsExtension ? $": old clients still send and read {field.Number}; keep it."
            : $": old clients still send and read it, and {field.Number} may be given to something else; keep it, or reserve {field.Number} and \"{field.Name}\".";
        log.Add(where, ContractRule.FieldRemoved, hasNumber && !field.IsRequired ? ContractLevel.Json : ContractLevel.Wire, name + what);
    }
}
