using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Schema;

/// <summary>One message of a contract.</summary>
internal sealed class MessageSchema
{
    private readonly Dictionary<int, int> indexByNumber = [];
    private readonly Lazy<Dictionary<string, FieldSchema>> fieldByName;

    public MessageSchema(string fullName, DescriptorProto descriptor, Features features)
    {
        FullName = fullName;
        fieldByName = new Lazy<Dictionary<string, FieldSchema>>(NameFields);
        Features = features.With(descriptor.Options?.Features);
        IsMapEntry = descriptor.Options?.MapEntry ?? false;
        Oneofs = [.. descriptor.OneofDecl.Select((oneof, index) => new OneofSchema(oneof.Name, index))];
        Declared = [.. descriptor.Field.Select(field => new FieldSchema(field, null, Features, OneofOf(field)))];
        Reserved = new ReservedRanges([.. descriptor.ReservedRange.Select(range => (range.Start, range.End - 1))], [.. descriptor.ReservedName]);
        ExtensionRanges = [.. descriptor.ExtensionRange.Select(range => (range.Start, range.End - 1))];
    }

    public string FullName { get; }

    public Features Features { get; }

    public bool IsMapEntry { get; }

    public IReadOnlyList<OneofSchema> Oneofs { get; }

    /// <summary>In order of declaration, extensions last.</summary>
    public List<FieldSchema> Declared { get; }

    public ReservedRanges Reserved { get; }

    /// <summary>Both ends inclusive.</summary>
    public IReadOnlyList<(int First, int Last)> ExtensionRanges { get; }

    /// <summary>By number, once all files are known.</summary>
    public FieldSchema[] Fields { get; private set; } = [];

    public WellKnownType WellKnown { get; private set; }

    /// <summary>Position in <see cref="Fields"/>, or -1.</summary>
    public int IndexOf(int number) => indexByNumber.TryGetValue(number, out var index) ? index : -1;

    public FieldSchema? Find(int number) => indexByNumber.TryGetValue(number, out var index) ? Fields[index] : null;

    /// <summary>By its JSON name, else by the declared one; null when there is none.</summary>
    public FieldSchema? Find(string name) => fieldByName.Value.GetValueOrDefault(name);

    /// <exception cref="InvalidDataException">When a type is in no file, or a number was given twice.</exception>
    public void Link(IReadOnlyDictionary<string, MessageSchema> messages, IReadOnlyDictionary<string, EnumSchema> enums)
    {
        Fields = [.. Declared.OrderBy(field => field.Number)];
        for (var index = 0; index < Fields.Length; index++)
        {
            Fields[index].Link(messages, enums);
            if (!indexByNumber.TryAdd(Fields[index].Number, index))
                throw new InvalidDataException($"'{FullName}' has two fields of number {Fields[index].Number}");
        }

        WellKnown = WellKnownTypes.Of(this);
    }

    private Dictionary<string, FieldSchema> NameFields()
    {
        var names = Fields.ToDictionary(field => field.JsonName, StringComparer.Ordinal);
        foreach (var field in Fields)
            names.TryAdd(field.Name, field);
        return names;
    }

    private OneofSchema? OneofOf(FieldDescriptorProto field)
    {
        if (!field.HasOneofIndex || field.Proto3Optional)
            return null;
        return field.OneofIndex >= 0 && field.OneofIndex < Oneofs.Count
            ? Oneofs[field.OneofIndex]
            : throw new InvalidDataException($"'{FullName}' has no oneof {field.OneofIndex}");
    }
}
