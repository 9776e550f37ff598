using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.Reflection;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Fairlead.Contracts.Schema;

/// <summary>One field of a message, or an extension of it.</summary>
internal sealed class FieldSchema
{
    public FieldSchema(FieldDescriptorProto descriptor, string? extensionName, Features features, OneofSchema? oneof)
    {
        var own = features.With(descriptor.Options?.Features);
        Name = extensionName is null ? descriptor.Name : $"[{extensionName}]";
        JsonName = extensionName is null ? descriptor.JsonName : Name;
        Number = descriptor.Number;
        Type = descriptor.Type == FieldType.Message && own.IsDelimited ? FieldType.Group : descriptor.Type;
        TypeName = descriptor.TypeName.TrimStart('.');
        IsExtension = extensionName is not null;
        IsRepeated = descriptor.Label == FieldDescriptorProto.Types.Label.Repeated;
        IsRequired = descriptor.Label == FieldDescriptorProto.Types.Label.Required || own.Presence == FeatureSet.Types.FieldPresence.LegacyRequired;
        Oneof = oneof;
        HasPresence = !IsRepeated
            && (IsMessage || oneof is not null || IsExtension || descriptor.Proto3Optional || own.Presence != FeatureSet.Types.FieldPresence.Implicit);
        DeclaredDefault = descriptor.HasDefaultValue ? descriptor.DefaultValue : null;
        EncodedName = JsonEncodedText.Encode(JsonName, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }

    /// <summary>As declared; the full name in brackets for an extension, as JSON shows it.</summary>
    public string Name { get; }

    public string JsonName { get; }

    public JsonEncodedText EncodedName { get; }

    public int Number { get; }

    public FieldType Type { get; }

    /// <summary>Full name of the message or enum; empty for other types.</summary>
    public string TypeName { get; }

    public bool IsExtension { get; }

    public bool IsRepeated { get; }

    public bool IsRequired { get; }

    /// <summary>True when it can be told whether it was set.</summary>
    public bool HasPresence { get; }

    /// <summary>Null outside of a oneof; the hidden one of an <c>optional</c> field does not count.</summary>
    public OneofSchema? Oneof { get; }

    /// <summary>Text of the default that the file declares, or null.</summary>
    public string? DeclaredDefault { get; }

    /// <summary>Set for messages and groups, once all files are known.</summary>
    public MessageSchema? Message { get; private set; }

    /// <summary>Set for enums, once all files are known.</summary>
    public EnumSchema? Enum { get; private set; }

    public bool IsMessage => Type is FieldType.Message or FieldType.Group;

    public bool IsMap => IsRepeated && Message is { IsMapEntry: true };

    /// <summary>True for what may stand packed, many values in one field.</summary>
    public bool IsPackable => IsRepeated && !IsMessage && Type is not (FieldType.String or FieldType.Bytes);

    /// <exception cref="InvalidDataException">When its type is in no file.</exception>
    public void Link(IReadOnlyDictionary<string, MessageSchema> messages, IReadOnlyDictionary<string, EnumSchema> enums)
    {
        if (IsMessage)
            Message = messages.GetValueOrDefault(TypeName) ?? throw new InvalidDataException($"message '{TypeName}' is missing");
        else if (Type == FieldType.Enum)
            Enum = enums.GetValueOrDefault(TypeName) ?? throw new InvalidDataException($"enum '{TypeName}' is missing");
    }
}
