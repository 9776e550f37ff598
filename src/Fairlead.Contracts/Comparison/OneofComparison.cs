using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Comparison;

/// <summary>Compares which fields of a message exclude one another.</summary>
internal sealed class OneofComparison(MessageSchema released, MessageSchema other, ChangeLog log)
{
    /// <summary>Tells once of each oneof that has the same fields under another name.</summary>
    public void CompareNames()
    {
        foreach (var oneof in released.Oneofs)
        {
            if (Counterpart(oneof) is { } counterpart && counterpart.Name != oneof.Name)
                log.Add($"{released.FullName}.{oneof.Name}", ContractRule.OneofRenamed, ContractLevel.Source, $"The oneof '{oneof.Name}' of '{released.FullName}' became '{counterpart.Name}': programs that ask which of its fields is set no longer compile; keep the name.");
        }
    }

    /// <summary>Tells when a field moved.</summary>
    public void Compare(string where, string name, FieldSchema field, FieldSchema counterpart)
    {
        var expected = field.Oneof is null ? null : Counterpart(field.Oneof);
        if (field.Oneof is null ? counterpart.Oneof is null : expected is not null && expected == counterpart.Oneof)
            return;
        // The only old field of a oneof that was not there before excludes nothing that old clients know.
        var isAlone = field.Oneof is null && released.Declared.Count(old => other.Find(old.Number)?.Oneof == counterpart.Oneof) == 1;
        log.Add(where, ContractRule.FieldOneofChanged, isAlone ? ContractLevel.Source : ContractLevel.Wire, $"{name} {Move(field.Oneof, counterpart.Oneof)}; keep it where it was.");
    }

    /// <summary>The oneof that holds what is left of an old one's fields: by name, or by these fields when the name is gone.</summary>
    private OneofSchema? Counterpart(OneofSchema oneof)
    {
        if (other.Oneofs.FirstOrDefault(candidate => candidate.Name == oneof.Name) is { } same)
            return same;
        var kept = released.Declared.Where(field => field.Oneof == oneof).Select(field => other.Find(field.Number)).OfType<FieldSchema>().ToList();
        if (kept.Count == 0 || kept[0].Oneof is not { } first || released.Oneofs.Any(old => old.Name == first.Name))
            return null;
        return kept.All(field => field.Oneof == first) ? first : null;
    }

    private static string Move(OneofSchema? from, OneofSchema? to) => (from, to) switch
    {
        (null, not null) => $"moved into the oneof '{to.Name}': an old client that sets it beside another of them loses one",
        (not null, null) => $"moved out of the oneof '{from.Name}': an old client may now read it beside another of them and keeps one",
        _ => $"moved from the oneof '{from!.Name}' to '{to!.Name}': it excludes other fields than old clients know",
    };
}
