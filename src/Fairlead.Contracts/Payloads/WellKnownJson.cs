using System.Buffers;
using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Payloads;

/// <summary>Writes the messages whose JSON is not that of their fields.</summary>
internal sealed class WellKnownJson(MessageJson messages)
{
    private readonly Utf8JsonWriter json = messages.Json;

    public PayloadOutcome Write(MessageSchema message, WireMessage fields, ReadOnlySpan<byte> bytes, int depth)
    {
        switch (message.WellKnown)
        {
            case WellKnownType.Timestamp:
                return WriteTextOr(WellKnownText.Timestamp(Integer(message, fields, 1, bytes), (int)Integer(message, fields, 2, bytes)), message, fields, bytes, depth);
            case WellKnownType.Duration:
                return WriteTextOr(WellKnownText.Duration(Integer(message, fields, 1, bytes), (int)Integer(message, fields, 2, bytes)), message, fields, bytes, depth);
            case WellKnownType.FieldMask:
                return WriteTextOr(FieldMask(message, fields, bytes), message, fields, bytes, depth);
            case WellKnownType.Any:
                return WriteAny(message, fields, bytes, depth);
            case WellKnownType.Value:
                return WriteValue(message, fields, bytes, depth);
            default:
                return WriteOnlyField(message, fields, bytes, depth);
        }
    }

    /// <summary>The short form, or an object of the fields when they hold what the short form cannot say.</summary>
    private PayloadOutcome WriteTextOr(string? text, MessageSchema message, WireMessage fields, ReadOnlySpan<byte> bytes, int depth)
    {
        if (text is null)
            return messages.WriteObject(message, fields, bytes, depth);
        json.WriteStringValue(text);
        return PayloadOutcome.Written;
    }

    /// <summary>A struct is its map, a list its array, a wrapper its value.</summary>
    private PayloadOutcome WriteOnlyField(MessageSchema message, WireMessage fields, ReadOnlySpan<byte> bytes, int depth)
    {
        if (fields.Fields.Length > 0)
            return messages.WriteField(message.Fields[0], fields.Fields, bytes, depth);
        if (message.WellKnown == WellKnownType.Wrapper)
        {
            ScalarValue.WriteZero(json, message.Fields[0]);
        }
        else if (message.WellKnown == WellKnownType.Struct)
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }

        return PayloadOutcome.Written;
    }

    private PayloadOutcome WriteValue(MessageSchema message, WireMessage fields, ReadOnlySpan<byte> bytes, int depth)
    {
        if (fields.Fields.Length > 0)
            return messages.WriteField(message.Fields[fields.Fields[0].Index], fields.Fields, bytes, depth);
        json.WriteNullValue();
        return PayloadOutcome.Written;
    }

    private PayloadOutcome WriteAny(MessageSchema message, WireMessage fields, ReadOnlySpan<byte> bytes, int depth)
    {
        var url = Encoding.UTF8.GetString(Last(message, fields, 1, bytes));
        var value = Last(message, fields, 2, bytes);
        if (TryWriteContent(url, value, depth))
            return PayloadOutcome.Written;
        json.WriteStartObject();
        if (fields.Fields.Length > 0)
        {
            json.WriteString("@type"u8, url);
            json.WriteBase64String("value"u8, value);
        }

        json.WriteEndObject();
        return json.BytesCommitted + json.BytesPending > messages.Limit ? PayloadOutcome.TooLarge : PayloadOutcome.Written;
    }

    /// <summary>Writes the content when the contract knows its type; aside first, since what is damaged in it must not damage the rest.</summary>
    private bool TryWriteContent(string url, ReadOnlySpan<byte> value, int depth)
    {
        if (!messages.Schema.Messages.TryGetValue(url[(url.LastIndexOf('/') + 1)..], out var content) || content.IsMapEntry)
            return false;
        var aside = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(aside, PayloadReader.JsonOptions);
        var inner = new MessageJson(messages.Schema, writer, messages.Limit - json.BytesCommitted - json.BytesPending);
        if (WriteContent(inner, url, content, value, depth + 1) != PayloadOutcome.Written)
            return false;
        writer.Flush();
        json.WriteRawValue(aside.WrittenSpan, skipInputValidation: true);
        messages.UnknownFields += inner.UnknownFields;
        return true;
    }

    private static PayloadOutcome WriteContent(MessageJson inner, string url, MessageSchema content, ReadOnlySpan<byte> value, int depth)
    {
        inner.Json.WriteStartObject();
        inner.Json.WriteString("@type"u8, url);
        var outcome = content.WellKnown == WellKnownType.None ? WriteContentMembers(inner, content, value, depth) : WriteContentValue(inner, content, value, depth);
        if (outcome == PayloadOutcome.Written)
            inner.Json.WriteEndObject();
        return outcome;
    }

    private static PayloadOutcome WriteContentMembers(MessageJson inner, MessageSchema content, ReadOnlySpan<byte> value, int depth)
    {
        using var fields = new WireMessage();
        var outcome = fields.Read(content, value, depth);
        inner.UnknownFields += fields.UnknownFields;
        return outcome == PayloadOutcome.Written ? inner.WriteMembers(content, fields, value, depth) : outcome;
    }

    private static PayloadOutcome WriteContentValue(MessageJson inner, MessageSchema content, ReadOnlySpan<byte> value, int depth)
    {
        inner.Json.WritePropertyName("value"u8);
        return inner.Write(content, value, depth);
    }

    private static string? FieldMask(MessageSchema message, WireMessage fields, ReadOnlySpan<byte> bytes)
    {
        var paths = new List<string>();
        foreach (var path in fields.Find(message, 1))
            paths.Add(Encoding.UTF8.GetString(bytes.Slice(path.Start, path.Length)));
        return WellKnownText.FieldMask(paths);
    }

    private static long Integer(MessageSchema message, WireMessage fields, int number, ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(Last(message, fields, number, bytes));
        return reader.TryReadVarint(out var value) ? (long)value : 0;
    }

    private static ReadOnlySpan<byte> Last(MessageSchema message, WireMessage fields, int number, ReadOnlySpan<byte> bytes)
    {
        var group = fields.Find(message, number);
        return group.Length == 0 ? [] : bytes.Slice(group[^1].Start, group[^1].Length);
    }
}
