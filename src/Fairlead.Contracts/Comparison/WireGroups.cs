using Fairlead.Domain.Contracts;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Fairlead.Contracts.Comparison;

/// <summary>Which types share an encoding, so that one can be read as the other.</summary>
internal static class WireGroups
{
    /// <summary>The level on which one type in the place of another is felt; every such change is a break on some level.</summary>
    public static ContractLevel LevelOf(FieldType released, FieldType other)
    {
        if (GroupOf(released) != GroupOf(other) || IsMessage(released))
            return ContractLevel.Wire;
        return JsonOf(released) == JsonOf(other) && released != FieldType.Enum ? ContractLevel.Source : ContractLevel.Json;
    }

    // string and bytes share one group: what is no text is refused by readers of text, but no byte is misread.
    private static int GroupOf(FieldType type) => type switch
    {
        FieldType.Int32 or FieldType.Uint32 or FieldType.Int64 or FieldType.Uint64 or FieldType.Bool or FieldType.Enum => 1,
        FieldType.Sint32 or FieldType.Sint64 => 2,
        FieldType.Fixed32 or FieldType.Sfixed32 => 3,
        FieldType.Fixed64 or FieldType.Sfixed64 => 4,
        FieldType.String or FieldType.Bytes => 5,
        FieldType.Float => 6,
        FieldType.Double => 7,
        FieldType.Group => 8,
        _ => 9,
    };

    private static bool IsMessage(FieldType type) => type is FieldType.Message or FieldType.Group;

    /// <summary>1 for numbers, 2 for numbers written as text; others are alone.</summary>
    private static int JsonOf(FieldType type) => type switch
    {
        FieldType.Int32 or FieldType.Uint32 or FieldType.Sint32 or FieldType.Fixed32 or FieldType.Sfixed32 => 1,
        FieldType.Int64 or FieldType.Uint64 or FieldType.Sint64 or FieldType.Fixed64 or FieldType.Sfixed64 => 2,
        _ => 10 + (int)type,
    };
}
