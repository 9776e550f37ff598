using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Schema;
using Fairlead.Domain.Problems;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Fairlead.Contracts.Payloads;

/// <summary>Writes messages from their JSON. One per message and thread; what was written is worthless when a call throws.</summary>
/// <param name="limit">How long the message may grow, in bytes.</param>
internal sealed class MessageWire(ContractSchema schema, WireWriter wire, int limit)
{
    private const int LongestShown = 60;
    private readonly Stack<string> path = new();

    public ContractSchema Schema { get; } = schema;

    public WireWriter Wire { get; } = wire;

    /// <exception cref="FairleadException">Invalid: a value does not fit its field.</exception>
    public void WriteRoot(MessageSchema message, JsonElement value)
    {
        path.Push(message.FullName);
        Write(message, value, depth: 1);
    }

    /// <summary>The fields of a message in whichever form its type has.</summary>
    /// <param name="depth">The outermost message has 1.</param>
    public void Write(MessageSchema message, JsonElement value, int depth)
    {
        if (depth > WireReader.MaximumDepth)
            throw FairleadException.Invalid($"The JSON nests messages more than {WireReader.MaximumDepth} deep, in '{Place()}'.");
        if (message.WellKnown is WellKnownType.None or WellKnownType.Empty)
            WriteObject(message, value, depth);
        else
            new WellKnownWire(this).Write(message, value, depth);
    }

    /// <summary>An object as the fields of a message, whatever its type.</summary>
    /// <param name="except">A member that is none of them.</param>
    public void WriteObject(MessageSchema message, JsonElement value, int depth, string? except = null)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Misfit(value, $"message '{message.FullName}'");
        var seen = new HashSet<FieldSchema>();
        var chosen = new HashSet<OneofSchema>();
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name == except)
                continue;
            if (message.Find(member.Name) is not { } field)
            {
                if (IsReserved(message, member.Name))
                    continue;
                throw FairleadException.Invalid($"'{Place()}' has no field '{member.Name}' in the contract; reserve its name where it was removed.");
            }

            if (!seen.Add(field))
                throw FairleadException.Invalid($"'{Place()}' has the field '{field.JsonName}' twice, by two names.");
            if (member.Value.ValueKind == JsonValueKind.Null && !TakesNull(field))
                continue;
            if (field.Oneof is { } oneof && !chosen.Add(oneof))
                throw FairleadException.Invalid($"'{Place()}' has more than one field of the oneof '{oneof.Name}'.");
            path.Push(field.JsonName);
            WriteField(field, member.Value, depth);
            path.Pop();
        }
    }

    /// <summary>The value of one field, with its tags: an object for a map, an array for a repeated one.</summary>
    /// <param name="depth">Of the message that it belongs to.</param>
    public void WriteField(FieldSchema field, JsonElement value, int depth)
    {
        if (field.IsMap)
            WriteMap(field, value, depth);
        else if (field.IsRepeated)
            WriteArray(field, value, depth);
        else
            WriteSingle(field, value, depth);
        if (Wire.Length > limit)
            throw FairleadException.Invalid($"The message grows longer than {limit} bytes at '{Place()}', which is the limit.");
    }

    /// <summary>What a value should have been, and where.</summary>
    public FairleadException Misfit(JsonElement value, string wanted)
    {
        var text = value.GetRawText();
        return FairleadException.Invalid($"'{Place()}' is '{(text.Length <= LongestShown ? text : text[..LongestShown] + "…")}', which is no {wanted}.");
    }

    private string Place() => string.Join('.', path.Reverse());

    private void WriteArray(FieldSchema field, JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Misfit(value, "array");
        if (!field.IsPackable)
        {
            foreach (var element in value.EnumerateArray())
                WriteSingle(field, element, depth);
        }
        else if (value.GetArrayLength() > 0)
        {
            // Packed whatever the file says: every parser takes both.
            Wire.WriteTag(field.Number, WireType.Bytes);
            var start = Wire.Length;
            foreach (var element in value.EnumerateArray())
                WriteNumber(field, element);
            Wire.PrefixLength(start);
        }
    }

    private void WriteSingle(FieldSchema field, JsonElement value, int depth)
    {
        Wire.WriteTag(field.Number, ScalarValue.WireTypeOf(field.Type));
        if (field.Type is FieldType.String or FieldType.Bytes)
        {
            if (!ScalarWire.TryReadBytes(field.Type, value, out var bytes))
                throw Misfit(value, field.Type == FieldType.Bytes ? "base64" : "text");
            Wire.WriteBytes(bytes);
        }
        else if (field.Type == FieldType.Group)
        {
            Write(field.Message!, value, depth + 1);
            Wire.WriteTag(field.Number, WireType.GroupEnd);
        }
        else if (field.IsMessage)
        {
            var start = Wire.Length;
            Write(field.Message!, value, depth + 1);
            Wire.PrefixLength(start);
        }
        else
        {
            WriteNumber(field, value);
        }
    }

    private void WriteNumber(FieldSchema field, JsonElement value)
    {
        if (!ScalarWire.TryRead(field, value, out var bits))
            throw Misfit(value, field.Enum?.FullName ?? field.Type.ToString().ToLowerInvariant());
        Wire.WriteBits(ScalarValue.WireTypeOf(field.Type), bits);
    }

    private void WriteMap(FieldSchema field, JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object || field.Message!.Find(1) is not { } keyField || field.Message.Find(2) is not { } valueField)
            throw Misfit(value, "object");
        foreach (var entry in value.EnumerateObject())
        {
            path.Push(entry.Name);
            Wire.WriteTag(field.Number, WireType.Bytes);
            var start = Wire.Length;
            WriteKey(keyField, entry);
            WriteSingle(valueField, entry.Value, depth + 1);
            Wire.PrefixLength(start);
            path.Pop();
        }
    }

    private void WriteKey(FieldSchema field, JsonProperty entry)
    {
        var type = ScalarValue.WireTypeOf(field.Type);
        Wire.WriteTag(field.Number, type);
        if (field.Type == FieldType.String)
            Wire.WriteBytes(Encoding.UTF8.GetBytes(entry.Name));
        else if (ScalarWire.TryReadKey(field.Type, entry.Name, out var bits))
            Wire.WriteBits(type, bits);
        else
            throw FairleadException.Invalid($"'{Place()}' is an entry whose name is no {field.Type.ToString().ToLowerInvariant()}.");
    }

    private static bool TakesNull(FieldSchema field) => !field.IsRepeated && (field.Message?.WellKnown == WellKnownType.Value || field.Enum?.IsNullValue == true);

    /// <summary>Names are reserved as they were declared, and JSON has them in camel case.</summary>
    private static bool IsReserved(MessageSchema message, string name) =>
        message.Reserved.Names.Any(reserved => reserved == name || WellKnownText.FieldMask([reserved]) == name);
}
