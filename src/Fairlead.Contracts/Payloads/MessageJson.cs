using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Fairlead.Contracts.Payloads;

/// <summary>Writes messages as JSON. One per message and thread; what was written is worthless unless every call says <see cref="PayloadOutcome.Written"/>.</summary>
internal sealed class MessageJson
{
    private readonly WellKnownJson wellKnown;

    /// <param name="limit">How long the JSON may grow, in bytes; it is passed by one value at most.</param>
    public MessageJson(ContractSchema schema, Utf8JsonWriter json, long limit)
    {
        Json = json;
        Limit = limit;
        Schema = schema;
        wellKnown = new WellKnownJson(this);
    }

    public ContractSchema Schema { get; }

    public Utf8JsonWriter Json { get; }

    public long Limit { get; }

    public int UnknownFields { get; set; }

    /// <summary>A message in whichever form its type has.</summary>
    /// <param name="depth">The outermost message has 1.</param>
    public PayloadOutcome Write(MessageSchema message, ReadOnlySpan<byte> bytes, int depth)
    {
        using var fields = new WireMessage();
        var outcome = fields.Read(message, bytes, depth);
        UnknownFields += fields.UnknownFields;
        if (outcome != PayloadOutcome.Written)
            return outcome;
        return message.WellKnown is WellKnownType.None or WellKnownType.Empty
            ? WriteObject(message, fields, bytes, depth)
            : wellKnown.Write(message, fields, bytes, depth);
    }

    /// <summary>A message as an object of its fields, whatever its type.</summary>
    public PayloadOutcome WriteObject(MessageSchema message, WireMessage fields, ReadOnlySpan<byte> bytes, int depth)
    {
        Json.WriteStartObject();
        var outcome = WriteMembers(message, fields, bytes, depth);
        Json.WriteEndObject();
        return outcome;
    }

    public PayloadOutcome WriteMembers(MessageSchema message, WireMessage fields, ReadOnlySpan<byte> bytes, int depth)
    {
        for (var position = 0; position < fields.Fields.Length;)
        {
            var group = fields.GroupAt(position);
            position += group.Length;
            var field = message.Fields[group[0].Index];
            Json.WritePropertyName(field.EncodedName);
            var outcome = WriteField(field, group, bytes, depth);
            if (outcome != PayloadOutcome.Written)
                return outcome;
        }

        return PayloadOutcome.Written;
    }

    /// <summary>The value of one field: an object for a map, an array for a repeated one.</summary>
    /// <param name="group">Its occurrences, at least one.</param>
    /// <param name="bytes">The message's.</param>
    /// <param name="depth">The message's.</param>
    public PayloadOutcome WriteField(FieldSchema field, ReadOnlySpan<WireField> group, ReadOnlySpan<byte> bytes, int depth)
    {
        if (field.IsMap)
            return WriteMap(field, group, bytes, depth);
        return field.IsRepeated ? WriteArray(field, group, bytes, depth) : WriteSingle(field, group, bytes, depth);
    }

    private PayloadOutcome WriteSingle(FieldSchema field, ReadOnlySpan<WireField> group, ReadOnlySpan<byte> bytes, int depth)
    {
        if (!field.IsMessage || group.Length == 1)
            return WriteValue(field, group[^1], bytes, depth);
        // A message that comes in parts is the message of all the parts, one behind the other.
        using var whole = new MemoryStream();
        foreach (var part in group)
            whole.Write(bytes.Slice(part.Start, part.Length));
        return Write(field.Message!, whole.GetBuffer().AsSpan(0, (int)whole.Length), depth + 1);
    }

    private PayloadOutcome WriteArray(FieldSchema field, ReadOnlySpan<WireField> group, ReadOnlySpan<byte> bytes, int depth)
    {
        Json.WriteStartArray();
        foreach (var occurrence in group)
        {
            var outcome = field.IsPackable && occurrence.Type == WireType.Bytes
                ? WritePacked(field, bytes.Slice(occurrence.Start, occurrence.Length))
                : WriteValue(field, occurrence, bytes, depth);
            if (outcome != PayloadOutcome.Written)
                return outcome;
        }

        Json.WriteEndArray();
        return PayloadOutcome.Written;
    }

    private PayloadOutcome WritePacked(FieldSchema field, ReadOnlySpan<byte> values)
    {
        var reader = new WireReader(values);
        while (!reader.IsAtEnd)
        {
            if (!ScalarValue.TryWriteNumber(Json, field, ref reader))
                return PayloadOutcome.Damaged;
            if (IsFull())
                return PayloadOutcome.TooLarge;
        }

        return PayloadOutcome.Written;
    }

    private PayloadOutcome WriteValue(FieldSchema field, WireField occurrence, ReadOnlySpan<byte> bytes, int depth)
    {
        var value = bytes.Slice(occurrence.Start, occurrence.Length);
        if (field.IsMessage)
            return IsFull() ? PayloadOutcome.TooLarge : Write(field.Message!, value, depth + 1);
        if (field.Type is FieldType.String or FieldType.Bytes)
        {
            ScalarValue.WriteText(Json, field.Type, value);
        }
        else
        {
            var reader = new WireReader(value);
            if (!ScalarValue.TryWriteNumber(Json, field, ref reader))
                return PayloadOutcome.Damaged;
        }

        return IsFull() ? PayloadOutcome.TooLarge : PayloadOutcome.Written;
    }

    private PayloadOutcome WriteMap(FieldSchema field, ReadOnlySpan<WireField> group, ReadOnlySpan<byte> bytes, int depth)
    {
        var entry = field.Message!;
        var (keyField, valueField) = (entry.Find(1), entry.Find(2));
        if (keyField is null || valueField is null)
            return PayloadOutcome.Damaged;
        // Of two entries with one key the last counts, in the place of the first.
        var last = new OrderedDictionary<string, WireField>(group.Length, StringComparer.Ordinal);
        foreach (var occurrence in group)
        {
            var outcome = TryReadKey(entry, keyField, bytes.Slice(occurrence.Start, occurrence.Length), depth + 1, out var key);
            if (outcome != PayloadOutcome.Written)
                return outcome;
            last[key] = occurrence;
        }

        Json.WriteStartObject();
        foreach (var (key, occurrence) in last)
        {
            Json.WritePropertyName(key);
            var outcome = WriteEntry(entry, valueField, bytes.Slice(occurrence.Start, occurrence.Length), depth + 1);
            if (outcome != PayloadOutcome.Written)
                return outcome;
        }

        Json.WriteEndObject();
        return PayloadOutcome.Written;
    }

    private static PayloadOutcome TryReadKey(MessageSchema entry, FieldSchema keyField, ReadOnlySpan<byte> bytes, int depth, out string key)
    {
        using var fields = new WireMessage();
        key = "";
        var outcome = fields.Read(entry, bytes, depth);
        if (outcome != PayloadOutcome.Written)
            return outcome;
        var group = fields.Find(entry, 1);
        var value = group.Length == 0 ? [] : bytes.Slice(group[^1].Start, group[^1].Length);
        if (keyField.Type == FieldType.String)
        {
            key = Encoding.UTF8.GetString(value);
            return PayloadOutcome.Written;
        }

        var reader = new WireReader(group.Length == 0 ? stackalloc byte[sizeof(ulong)] : value);
        return ScalarValue.TryReadKey(keyField.Type, ref reader, out key) ? PayloadOutcome.Written : PayloadOutcome.Damaged;
    }

    private PayloadOutcome WriteEntry(MessageSchema entry, FieldSchema valueField, ReadOnlySpan<byte> bytes, int depth)
    {
        using var fields = new WireMessage();
        var outcome = fields.Read(entry, bytes, depth);
        UnknownFields += fields.UnknownFields;
        if (outcome != PayloadOutcome.Written)
            return outcome;
        var group = fields.Find(entry, 2);
        if (group.Length > 0)
            return WriteSingle(valueField, group, bytes, depth);
        if (valueField.IsMessage)
            return Write(valueField.Message!, [], depth + 1);
        ScalarValue.WriteZero(Json, valueField);
        return IsFull() ? PayloadOutcome.TooLarge : PayloadOutcome.Written;
    }

    private bool IsFull() => Json.BytesCommitted + Json.BytesPending > Limit;
}
