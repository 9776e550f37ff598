using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Schema;

/// <summary>One enum of a contract.</summary>
internal sealed class EnumSchema
{
    private readonly Dictionary<int, JsonEncodedText> nameByNumber = [];

    public EnumSchema(string fullName, EnumDescriptorProto descriptor, Features features)
    {
        FullName = fullName;
        Values = [.. descriptor.Value.Select(value => (value.Name, value.Number))];
        IsClosed = features.With(descriptor.Options?.Features).IsClosedEnum;
        Reserved = new ReservedRanges([.. descriptor.ReservedRange.Select(range => (range.Start, range.End))], [.. descriptor.ReservedName]);
        // Of several names for one number the first is the one that JSON shows.
        foreach (var (name, number) in Values)
            nameByNumber.TryAdd(number, JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping));
    }

    public string FullName { get; }

    /// <summary>In order of declaration; two names may share a number.</summary>
    public IReadOnlyList<(string Name, int Number)> Values { get; }

    /// <summary>True when readers drop numbers that have no name.</summary>
    public bool IsClosed { get; }

    public ReservedRanges Reserved { get; }

    public bool IsNullValue => FullName == "google.protobuf.NullValue";

    /// <summary>By any of its names.</summary>
    public bool TryGetNumber(string name, out int number)
    {
        foreach (var value in Values)
        {
            if (value.Name != name)
                continue;
            number = value.Number;
            return true;
        }

        number = 0;
        return false;
    }

    public bool TryGetName(int number, out JsonEncodedText name) => nameByNumber.TryGetValue(number, out name);
}
