using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Schema;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Fairlead.Contracts.Payloads;

/// <summary>The JSON of single values: 64-bit integers as text, bytes as base64, enums by name.</summary>
internal static class ScalarValue
{
    /// <summary>Fields of other types than numbers have <see cref="WireType.Bytes"/>.</summary>
    public static WireType WireTypeOf(FieldType type) => type switch
    {
        FieldType.Double or FieldType.Fixed64 or FieldType.Sfixed64 => WireType.Fixed64,
        FieldType.Float or FieldType.Fixed32 or FieldType.Sfixed32 => WireType.Fixed32,
        FieldType.String or FieldType.Bytes or FieldType.Message => WireType.Bytes,
        FieldType.Group => WireType.GroupStart,
        _ => WireType.Varint,
    };

    /// <summary>Writes the next number, bool or enum of the reader.</summary>
    /// <returns>False when the bytes end before the value does.</returns>
    public static bool TryWriteNumber(Utf8JsonWriter json, FieldSchema field, ref WireReader reader)
    {
        if (!TryRead(field.Type, ref reader, out var bits))
            return false;
        WriteNumber(json, field, bits);
        return true;
    }

    /// <summary>The number, bool or enum that a reader is at, as the name of a map's entry.</summary>
    public static bool TryReadKey(FieldType type, ref WireReader reader, out string key)
    {
        key = "";
        if (!TryRead(type, ref reader, out var bits))
            return false;
        key = type switch
        {
            FieldType.Bool => bits != 0 ? "true" : "false",
            FieldType.Uint64 or FieldType.Fixed64 => bits.ToString(),
            FieldType.Uint32 or FieldType.Fixed32 => ((uint)bits).ToString(),
            FieldType.Sint32 => UnZigZag((uint)bits).ToString(),
            FieldType.Sint64 => UnZigZag(bits).ToString(),
            FieldType.Int64 or FieldType.Sfixed64 => ((long)bits).ToString(),
            _ => ((int)bits).ToString(),
        };
        return true;
    }

    public static void WriteText(Utf8JsonWriter json, FieldType type, ReadOnlySpan<byte> bytes)
    {
        if (type == FieldType.Bytes)
            json.WriteBase64StringValue(bytes);
        else
            json.WriteStringValue(Encoding.UTF8.GetString(bytes));
    }

    /// <summary>What a field that is not on the wire reads as.</summary>
    public static void WriteZero(Utf8JsonWriter json, FieldSchema field)
    {
        if (field.Type is FieldType.String or FieldType.Bytes)
            json.WriteStringValue("");
        else
            WriteNumber(json, field, 0);
    }

    /// <summary>What JSON cannot write as a number becomes text.</summary>
    public static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    private static bool TryRead(FieldType type, ref WireReader reader, out ulong bits)
    {
        switch (WireTypeOf(type))
        {
            case WireType.Fixed64:
                return reader.TryReadFixed64(out bits);
            case WireType.Fixed32:
                var isRead = reader.TryReadFixed32(out var half);
                bits = half;
                return isRead;
            default:
                return reader.TryReadVarint(out bits);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, FieldSchema field, ulong bits)
    {
        switch (field.Type)
        {
            case FieldType.Double:
                WriteDouble(json, BitConverter.UInt64BitsToDouble(bits));
                break;
            case FieldType.Float:
                WriteFloat(json, BitConverter.UInt32BitsToSingle((uint)bits));
                break;
            case FieldType.Bool:
                json.WriteBooleanValue(bits != 0);
                break;
            case FieldType.Enum:
                WriteEnum(json, field.Enum!, (int)bits);
                break;
            case FieldType.Int64 or FieldType.Sfixed64:
                json.WriteStringValue(((long)bits).ToString());
                break;
            case FieldType.Uint64 or FieldType.Fixed64:
                json.WriteStringValue(bits.ToString());
                break;
            case FieldType.Sint64:
                json.WriteStringValue(UnZigZag(bits).ToString());
                break;
            case FieldType.Uint32 or FieldType.Fixed32:
                json.WriteNumberValue((uint)bits);
                break;
            case FieldType.Sint32:
                json.WriteNumberValue(UnZigZag((uint)bits));
                break;
            default:
                json.WriteNumberValue((int)bits);
                break;
        }
    }

    // Not by way of double: 0.1f is written as 0.1.
    private static void WriteFloat(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumberValue(value);
        else
            WriteDouble(json, value);
    }

    private static void WriteEnum(Utf8JsonWriter json, EnumSchema @enum, int number)
    {
        if (@enum.IsNullValue)
            json.WriteNullValue();
        else if (@enum.TryGetName(number, out var name))
            json.WriteStringValue(name);
        else
            json.WriteNumberValue(number);
    }

    private static int UnZigZag(uint value) => (int)(value >> 1) ^ -(int)(value & 1);

    private static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
