using Fairlead.Contracts.Schema;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Fairlead.Contracts.Comparison;

/// <summary>Types as people write them.</summary>
internal static class FieldTypeText
{
    /// <param name="rename">Applied to full names.</param>
    public static string Of(FieldSchema field, Func<string, string> rename)
    {
        if (field.IsMap && field.Message!.Find(1) is { } key && field.Message.Find(2) is { } value)
            return $"map<{Of(key, rename)}, {Of(value, rename)}>";
        return field.Type switch
        {
            FieldType.Group => $"group '{rename(field.TypeName)}'",
            FieldType.Message or FieldType.Enum => $"'{rename(field.TypeName)}'",
            _ => field.Type.ToString().ToLowerInvariant(),
        };
    }

    /// <summary>What a scalar that was not set reads as.</summary>
    public static string Zero(FieldType type) => type switch
    {
        FieldType.Bool => "false",
        FieldType.String or FieldType.Bytes => "",
        _ => "0",
    };
}
