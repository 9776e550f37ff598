using System.Globalization;
using System.Text;
using System.Text.Json;
using Fairlead.Contracts.Schema;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Fairlead.Contracts.Payloads;

/// <summary>Single values from JSON, as lenient as the form of Protocol Buffers is: whole numbers also as text, or as <c>1e3</c>; base64 of both alphabets.</summary>
internal static class ScalarWire
{
    private const NumberStyles Fraction = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>A number, bool or enum as its bits on the wire.</summary>
    /// <returns>False when the value does not fit the field.</returns>
    public static bool TryRead(FieldSchema field, JsonElement value, out ulong bits)
    {
        bits = 0;
        switch (field.Type)
        {
            case FieldType.Double:
                var isDouble = TryDouble(value, out var number);
                bits = BitConverter.DoubleToUInt64Bits(number);
                return isDouble;
            case FieldType.Float:
                var isFloat = TryFloat(value, out var single);
                bits = BitConverter.SingleToUInt32Bits(single);
                return isFloat;
            case FieldType.Bool:
                bits = value.ValueKind == JsonValueKind.True ? 1UL : 0;
                return value.ValueKind is JsonValueKind.True or JsonValueKind.False;
            case FieldType.Enum:
                return TryEnum(field.Enum!, value, out bits);
            default:
                return TryText(value, out var text) && TryInteger(field.Type, text, out bits);
        }
    }

    /// <summary>The name of a map's entry as its bits on the wire.</summary>
    public static bool TryReadKey(FieldType type, string name, out ulong bits)
    {
        if (type != FieldType.Bool)
            return TryInteger(type, name, out bits);
        bits = name == "true" ? 1UL : 0;
        return name is "true" or "false";
    }

    public static bool TryReadBytes(FieldType type, JsonElement value, out byte[] bytes)
    {
        bytes = [];
        if (value.ValueKind != JsonValueKind.String)
            return false;
        var text = value.GetString()!;
        if (type == FieldType.String)
            bytes = Encoding.UTF8.GetBytes(text);
        return type == FieldType.String || TryBase64(text, out bytes);
    }

    /// <summary>The text of a string, and that of a number as it stands.</summary>
    private static bool TryText(JsonElement value, out string text)
    {
        text = value.ValueKind switch { JsonValueKind.Number => value.GetRawText(), JsonValueKind.String => value.GetString()!, _ => "" };
        return text.Length > 0;
    }

    private static bool TryBase64(string text, out byte[] bytes)
    {
        var plain = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var padded = plain.PadRight((plain.Length + 3) / 4 * 4, '=');
        bytes = new byte[padded.Length / 4 * 3];
        var isRead = Convert.TryFromBase64String(padded, bytes, out var count);
        bytes = bytes[..count];
        return isRead;
    }

    private static bool TryInteger(FieldType type, string text, out ulong bits)
    {
        bits = 0;
        if (!TryWhole(text, out var number))
            return false;
        switch (type)
        {
            case FieldType.Uint32 or FieldType.Fixed32:
                bits = (ulong)(UInt128)number;
                return number >= 0 && number <= uint.MaxValue;
            case FieldType.Uint64 or FieldType.Fixed64:
                bits = (ulong)(UInt128)number;
                return number >= 0 && number <= ulong.MaxValue;
            case FieldType.Int64 or FieldType.Sfixed64 or FieldType.Sint64:
                bits = type == FieldType.Sint64 ? ZigZag((long)number) : (ulong)(long)number;
                return number >= long.MinValue && number <= long.MaxValue;
            default:
                bits = type == FieldType.Sint32 ? (uint)ZigZag((int)number) : (ulong)(long)(int)number;
                return number >= int.MinValue && number <= int.MaxValue;
        }
    }

    private static bool TryWhole(string text, out Int128 number)
    {
        if (Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return true;
        var isWhole = decimal.TryParse(text, Fraction, CultureInfo.InvariantCulture, out var exact) && decimal.IsInteger(exact);
        number = isWhole ? (Int128)exact : 0;
        return isWhole;
    }

    private static bool TryDouble(JsonElement value, out double number)
    {
        number = 0;
        if (!TryText(value, out var text))
            return false;
        if (value.ValueKind == JsonValueKind.String && TryNamed(text, out number))
            return true;
        return double.TryParse(text, Fraction, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    // Not by way of double, which would round twice.
    private static bool TryFloat(JsonElement value, out float number)
    {
        number = 0;
        if (!TryText(value, out var text))
            return false;
        if (value.ValueKind == JsonValueKind.String && TryNamed(text, out var named))
        {
            number = (float)named;
            return true;
        }

        return float.TryParse(text, Fraction, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);
    }

    private static bool TryNamed(string text, out double number)
    {
        number = text switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => 0 };
        return number != 0;
    }

    private static bool TryEnum(EnumSchema type, JsonElement value, out ulong bits)
    {
        bits = 0;
        if (value.ValueKind == JsonValueKind.Null)
            return type.IsNullValue;
        if (value.ValueKind == JsonValueKind.Number)
            return TryInteger(FieldType.Int32, value.GetRawText(), out bits);
        if (value.ValueKind != JsonValueKind.String || !type.TryGetNumber(value.GetString()!, out var number))
            return false;
        bits = (ulong)(long)number;
        return true;
    }

    private static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
