using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Schema;
using Fairlead.Domain.Problems;

namespace Fairlead.Contracts.Payloads;

/// <summary>Writes the messages whose JSON is not that of their fields.</summary>
internal sealed class WellKnownWire(MessageWire messages)
{
    private const string TypeMember = "@type";
    private const string ValueMember = "value";

    public void Write(MessageSchema message, JsonElement value, int depth)
    {
        switch (message.WellKnown)
        {
            case WellKnownType.Timestamp or WellKnownType.Duration or WellKnownType.FieldMask when value.ValueKind == JsonValueKind.Object:
                // What the short form cannot say.
                messages.WriteObject(message, value, depth);
                break;
            case WellKnownType.Timestamp or WellKnownType.Duration:
                WriteTime(message, value);
                break;
            case WellKnownType.FieldMask:
                WriteMask(value);
                break;
            case WellKnownType.Any:
                WriteAny(value, depth);
                break;
            case WellKnownType.Value:
                WriteValue(message, value, depth);
                break;
            default:
                // A struct is its map, a list its array, a wrapper its value.
                messages.WriteField(message.Fields[0], value, depth);
                break;
        }
    }

    private void WriteTime(MessageSchema message, JsonElement value)
    {
        if (!TryTime(message.WellKnown, value, out var seconds, out var nanos))
            throw messages.Misfit(value, message.WellKnown == WellKnownType.Timestamp ? "time such as '2026-01-01T00:00:00Z'" : "duration such as '1.5s'");
        WriteVarint(1, (ulong)seconds);
        WriteVarint(2, (ulong)nanos);
    }

    private void WriteVarint(int number, ulong value)
    {
        if (value == 0)
            return;
        messages.Wire.WriteTag(number, WireType.Varint);
        messages.Wire.WriteVarint(value);
    }

    private void WriteMask(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || WellKnownParser.FieldMask(value.GetString()!) is not { } paths)
            throw messages.Misfit(value, "field mask such as 'user.displayName,photo'");
        foreach (var path in paths)
        {
            messages.Wire.WriteTag(1, WireType.Bytes);
            messages.Wire.WriteBytes(Encoding.UTF8.GetBytes(path));
        }
    }

    private void WriteValue(MessageSchema message, JsonElement value, int depth)
    {
        var number = value.ValueKind switch
        {
            JsonValueKind.Null => 1,
            JsonValueKind.Number => 2,
            JsonValueKind.String => 3,
            JsonValueKind.True or JsonValueKind.False => 4,
            JsonValueKind.Object => 5,
            _ => 6,
        };
        messages.WriteField(message.Find(number)!, value, depth);
    }

    private void WriteAny(JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw messages.Misfit(value, "Any, which is an object with '@type'");
        if (value.GetPropertyCount() == 0)
            return;
        if (!value.TryGetProperty(TypeMember, out var type) || type.ValueKind != JsonValueKind.String)
            throw messages.Misfit(value, "Any: its member '@type' is missing");
        var url = type.GetString()!;
        if (url.Length > 0)
        {
            messages.Wire.WriteTag(1, WireType.Bytes);
            messages.Wire.WriteBytes(Encoding.UTF8.GetBytes(url));
        }

        var before = messages.Wire.Length;
        messages.Wire.WriteTag(2, WireType.Bytes);
        var start = messages.Wire.Length;
        if (messages.Schema.Messages.TryGetValue(url[(url.LastIndexOf('/') + 1)..], out var content) && !content.IsMapEntry)
            WriteContent(content, value, depth + 1);
        else
            WriteRaw(value);
        // As generated code does, so that the same content has the same bytes, in an Any within an Any too.
        if (messages.Wire.Length == start)
            messages.Wire.Truncate(before);
        else
            messages.Wire.PrefixLength(start);
    }

    private void WriteContent(MessageSchema content, JsonElement value, int depth)
    {
        var hasValue = value.TryGetProperty(ValueMember, out var inner);
        if (hasValue && value.GetPropertyCount() == 2 && IsRaw(content, inner))
            WriteRaw(value);
        else if (content.WellKnown == WellKnownType.None)
            messages.WriteObject(content, value, depth, except: TypeMember);
        else if (hasValue)
            messages.Write(content, inner, depth);
        else
            throw messages.Misfit(value, $"Any of '{content.FullName}': its member 'value' is missing");
    }

    /// <summary>The reader keeps the bytes of content that is damaged; so it is one where text is no form of the content.</summary>
    private static bool IsRaw(MessageSchema content, JsonElement value) => value.ValueKind == JsonValueKind.String && content.WellKnown switch
    {
        WellKnownType.None => content.Find(ValueMember) is null,
        WellKnownType.Timestamp or WellKnownType.Duration => !TryTime(content.WellKnown, value, out _, out _),
        WellKnownType.Struct or WellKnownType.ListValue or WellKnownType.Empty or WellKnownType.Any => true,
        _ => false,
    };

    private void WriteRaw(JsonElement value)
    {
        // Of an unknown type nothing but bytes can be written.
        if (!value.TryGetProperty(ValueMember, out var raw) || !ScalarWire.TryReadBytes(Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type.Bytes, raw, out var bytes))
            throw FairleadException.Invalid($"An Any is of the type '{value.GetProperty(TypeMember)}', which the contract does not know, and has no bytes in base64.");
        messages.Wire.WriteRaw(bytes);
    }

    private static bool TryTime(WellKnownType type, JsonElement value, out long seconds, out int nanos)
    {
        (seconds, nanos) = (0, 0);
        if (value.ValueKind != JsonValueKind.String)
            return false;
        var text = value.GetString()!;
        return type == WellKnownType.Timestamp ? WellKnownParser.TryTimestamp(text, out seconds, out nanos) : WellKnownParser.TryDuration(text, out seconds, out nanos);
    }
}
