using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Comparison;

/// <summary>Compares two fields of the same number.</summary>
internal sealed class FieldComparison(NameMap names, ChangeLog log)
{
    /// <param name="name">What messages call the released field.</param>
    public void Compare(string where, string name, FieldSchema released, FieldSchema other)
    {
        CompareNames(where, name, released, other);
        if (released.IsRepeated != other.IsRepeated)
            log.Add(where, ContractRule.FieldCardinalityChanged, ContractLevel.Wire, $"{name} holds {Count(other)} instead of {Count(released)}: old clients lose values, or find none; keep it, or add a field.");
        CompareTypes(where, name, released, other);
        if (released.IsRequired != other.IsRequired)
            log.Add(where, ContractRule.FieldRequiredChanged, ContractLevel.Wire, $"{name} {RequiredChange(other)}");
        else if (released.HasPresence && !other.HasPresence && !other.IsRepeated && !released.IsMessage)
            log.Add(where, ContractRule.FieldPresenceLost, ContractLevel.Json, $"{name} no longer tells whether it was set: old clients find it missing when it holds the value that stands for nothing; keep 'optional'.");
        CompareDefaults(where, name, released, other);
    }

    private void CompareNames(string where, string name, FieldSchema released, FieldSchema other)
    {
        var isSameInJson = released.JsonName == other.JsonName;
        if (released.Name != other.Name)
            log.Add(where, ContractRule.FieldRenamed, isSameInJson ? ContractLevel.Source : ContractLevel.Json, $"{name} became '{other.Name}': {(isSameInJson ? "programs that use it no longer compile" : "its name in JSON and in programs changes")}; keep the name.");
        else if (!isSameInJson)
            log.Add(where, ContractRule.FieldJsonNameChanged, ContractLevel.Json, $"{name} is called '{other.JsonName}' in JSON instead of '{released.JsonName}': who reads the JSON looks for the old name; keep json_name.");
    }

    private void CompareTypes(string where, string name, FieldSchema released, FieldSchema other)
    {
        var (was, now) = (FieldTypeText.Of(released, names.Of), FieldTypeText.Of(other, same => same));
        if (was == now)
            return;
        var level = released.IsMap || other.IsMap ? MapLevel(released, other) : WireGroups.LevelOf(released.Type, other.Type);
        var why = level switch
        {
            ContractLevel.Wire => "old clients cannot read the bytes of the new type",
            ContractLevel.Json => "the bytes are read, but JSON and programs change, and values that do not fit are cut",
            _ => "programs that use it no longer compile, and values that do not fit are read as others",
        };
        log.Add(where, ContractRule.FieldRetyped, level, $"{name} is {now} instead of {was}: {why}; keep the type, or add a field.");
    }

    private static ContractLevel MapLevel(FieldSchema released, FieldSchema other)
    {
        if (!released.IsMap || !other.IsMap)
            return released.IsMessage && other.IsMessage ? ContractLevel.Json : ContractLevel.Wire;
        var levels = new[] { 1, 2 }.Select(number => (released.Message!.Find(number)!, other.Message!.Find(number)!))
            .Where(pair => (pair.Item1.Type, pair.Item1.TypeName) != (pair.Item2.Type, pair.Item2.TypeName))
            .Select(pair => WireGroups.LevelOf(pair.Item1.Type, pair.Item2.Type))
            .ToList();
        return levels.Count == 0 ? ContractLevel.Wire : levels.Min();
    }

    private void CompareDefaults(string where, string name, FieldSchema released, FieldSchema other)
    {
        var isComparable = !released.IsRepeated && !other.IsRepeated && !released.IsMessage && released.Type == other.Type;
        if (!isComparable || names.Of(released.TypeName) != other.TypeName || DefaultValue(released) == DefaultValue(other))
            return;
        log.Add(where, ContractRule.FieldDefaultChanged, ContractLevel.Wire, $"{name} stands for '{DefaultText(other)}' instead of '{DefaultText(released)}' when it is not set: the two sides take different values; keep the default.");
    }

    /// <summary>As declared, or the type's own.</summary>
    private static string DefaultText(FieldSchema field) =>
        field.DeclaredDefault ?? (field.Enum is { Values.Count: > 0 } values ? values.Values[0].Name : FieldTypeText.Zero(field.Type));

    /// <summary>The number in place of an enum's name: a new name for the same number is another matter.</summary>
    private static string DefaultValue(FieldSchema field)
    {
        var text = DefaultText(field);
        return field.Enum is null ? text : $"{field.Enum.Values.FirstOrDefault(value => value.Name == text).Number}";
    }

    private static string Count(FieldSchema field) => field.IsRepeated ? "many values" : "one value";

    private static string RequiredChange(FieldSchema other) => other.IsRequired
        ? "became required: messages of old clients may have none and are refused; keep it optional."
        : "is no longer required: old clients refuse every message without it; keep it required.";
}
