using Fairlead.Domain.Problems;
using Google.Protobuf.Reflection;
using Kind = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;
using Label = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Label;

namespace Fairlead.Contracts.Printing;

/// <summary>Writes messages and their fields.</summary>
/// <param name="isNewest">The file's syntax is proto3.</param>
internal sealed class MessagePrinter(bool isNewest)
{
    /// <summary>Highest number of a field, inclusive.</summary>
    private const int Maximum = 536_870_911;

    public void Print(DescriptorProto message, ProtoText text) => text.Block($"message {message.Name}", () =>
    {
        foreach (var type in message.EnumType)
            FilePrinter.Print(type, text);
        foreach (var nested in message.NestedType.Where(nested => !IsMap(nested)))
            Print(nested, text);
        PrintFields(message, text);
        foreach (var range in message.ExtensionRange)
            text.Line($"extensions {FilePrinter.Range(range.Start, range.End - 1, Maximum)};");
        foreach (var range in message.ReservedRange)
            text.Line($"reserved {FilePrinter.Range(range.Start, range.End - 1, Maximum)};");
        FilePrinter.PrintNames(message.ReservedName, text);
        PrintExtensions(message.Extension, text);
    });

    public void PrintExtensions(IEnumerable<FieldDescriptorProto> extensions, ProtoText text)
    {
        foreach (var group in extensions.GroupBy(extension => extension.Extendee, StringComparer.Ordinal))
        {
            text.Block($"extend {group.Key}", () =>
            {
                foreach (var extension in group)
                    text.Line(Field(extension, LabelOf(extension), isExtension: true));
            });
        }
    }

    private void PrintFields(DescriptorProto message, ProtoText text)
    {
        var maps = message.NestedType.Where(IsMap).ToDictionary(map => map.Name, StringComparer.Ordinal);
        var written = new HashSet<int>();
        foreach (var field in message.Field)
        {
            if (field.HasOneofIndex && !field.Proto3Optional)
            {
                if (written.Add(field.OneofIndex))
                    PrintChoice(message, field.OneofIndex, text);
            }
            else if (field.Label == Label.Repeated && field.Type == Kind.Message && maps.TryGetValue(field.TypeName[(field.TypeName.LastIndexOf('.') + 1)..], out var map))
            {
                text.Line($"map<{TypeOf(map.Field[0])}, {TypeOf(map.Field[1])}> {field.Name} = {field.Number}{Options(field, isExtension: false)};");
            }
            else
            {
                text.Line(Field(field, LabelOf(field), isExtension: false));
            }
        }
    }

    private static void PrintChoice(DescriptorProto message, int index, ProtoText text) => text.Block($"oneof {message.OneofDecl[index].Name}", () =>
    {
        foreach (var field in message.Field.Where(field => field.HasOneofIndex && field.OneofIndex == index))
            text.Line(Field(field, "", isExtension: false));
    });

    private static bool IsMap(DescriptorProto message) => message.Options?.MapEntry == true && message.Field.Count == 2;

    private string LabelOf(FieldDescriptorProto field) => field.Label switch
    {
        Label.Repeated => "repeated ",
        Label.Required => "required ",
        _ => isNewest && !field.Proto3Optional ? "" : "optional ",
    };

    private static string Field(FieldDescriptorProto field, string label, bool isExtension) =>
        $"{label}{TypeOf(field)} {field.Name} = {field.Number}{Options(field, isExtension)};";

    private static string TypeOf(FieldDescriptorProto field) => field.Type switch
    {
        Kind.Message or Kind.Enum => field.TypeName,
        Kind.Group => throw FairleadException.Invalid($"The field '{field.Name}' is a group, which only the service's own .proto file can say: copy that into the repository."),
        var scalar => scalar.ToString().ToLowerInvariant(),
    };

    private static string Options(FieldDescriptorProto field, bool isExtension)
    {
        var options = new List<string>();
        if (field.HasDefaultValue)
            options.Add($"default = {(field.Type == Kind.String ? ProtoText.Quoted(field.DefaultValue) : field.Type == Kind.Bytes ? $"\"{field.DefaultValue}\"" : field.DefaultValue)}");
        if (!isExtension && field.HasJsonName && field.JsonName != UsualJsonName(field.Name))
            options.Add($"json_name = {ProtoText.Quoted(field.JsonName)}");
        if (field.Options is { HasPacked: true } packed)
            options.Add($"packed = {(packed.Packed ? "true" : "false")}");
        if (field.Options?.Deprecated == true)
            options.Add("deprecated = true");
        return options.Count == 0 ? "" : $" [{string.Join(", ", options)}]";
    }

    /// <summary>What a compiler makes of a field's name when nobody says otherwise.</summary>
    public static string UsualJsonName(string name) =>
        string.Concat(name.Split('_').Select((part, index) => index == 0 || part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}
