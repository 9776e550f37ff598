using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Fairlead.Contracts.Schema;

/// <summary>Recognizes the well-known types by name and shape: a repository may hold files of its own under these names.</summary>
internal static class WellKnownTypes
{
    public const string Package = "google.protobuf";

    private static readonly Dictionary<string, (WellKnownType Kind, (int Number, FieldType Type, bool IsRepeated)[] Shape)> Shapes = new(StringComparer.Ordinal)
    {
        ["Timestamp"] = (WellKnownType.Timestamp, [(1, FieldType.Int64, false), (2, FieldType.Int32, false)]),
        ["Duration"] = (WellKnownType.Duration, [(1, FieldType.Int64, false), (2, FieldType.Int32, false)]),
        ["FieldMask"] = (WellKnownType.FieldMask, [(1, FieldType.String, true)]),
        ["Struct"] = (WellKnownType.Struct, [(1, FieldType.Message, true)]),
        ["ListValue"] = (WellKnownType.ListValue, [(1, FieldType.Message, true)]),
        ["Value"] = (WellKnownType.Value,
        [
            (1, FieldType.Enum, false), (2, FieldType.Double, false), (3, FieldType.String, false),
            (4, FieldType.Bool, false), (5, FieldType.Message, false), (6, FieldType.Message, false),
        ]),
        ["Any"] = (WellKnownType.Any, [(1, FieldType.String, false), (2, FieldType.Bytes, false)]),
        ["Empty"] = (WellKnownType.Empty, []),
        ["DoubleValue"] = (WellKnownType.Wrapper, [(1, FieldType.Double, false)]),
        ["FloatValue"] = (WellKnownType.Wrapper, [(1, FieldType.Float, false)]),
        ["Int64Value"] = (WellKnownType.Wrapper, [(1, FieldType.Int64, false)]),
        ["UInt64Value"] = (WellKnownType.Wrapper, [(1, FieldType.Uint64, false)]),
        ["Int32Value"] = (WellKnownType.Wrapper, [(1, FieldType.Int32, false)]),
        ["UInt32Value"] = (WellKnownType.Wrapper, [(1, FieldType.Uint32, false)]),
        ["BoolValue"] = (WellKnownType.Wrapper, [(1, FieldType.Bool, false)]),
        ["StringValue"] = (WellKnownType.Wrapper, [(1, FieldType.String, false)]),
        ["BytesValue"] = (WellKnownType.Wrapper, [(1, FieldType.Bytes, false)]),
    };

    /// <summary>True for names in the package <c>google.protobuf</c>, which are no part of anybody's contract.</summary>
    public static bool IsOwnName(string fullName) => fullName.StartsWith(Package + ".", StringComparison.Ordinal);

    public static WellKnownType Of(MessageSchema message)
    {
        if (!IsOwnName(message.FullName) || !Shapes.TryGetValue(message.FullName[(Package.Length + 1)..], out var known))
            return WellKnownType.None;
        var shape = message.Fields.Select(field => (field.Number, field.Type, field.IsRepeated));
        return shape.SequenceEqual(known.Shape) ? known.Kind : WellKnownType.None;
    }
}
