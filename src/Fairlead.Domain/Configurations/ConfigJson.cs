using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fairlead.Domain.Configurations;

/// <summary>Values of configurations as JSON: merged, and in a form that equal values share.</summary>
public static class ConfigJson
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An upper layer over a lower one: maps merge, null removes a member of a map, and anything else replaces what was there.</summary>
    public static JsonElement Merge(JsonElement? lower, JsonElement upper)
    {
        if (upper.ValueKind != JsonValueKind.Object)
            return upper;
        var target = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(target, Writing))
            WriteMerged(json, lower is { ValueKind: JsonValueKind.Object } map ? map : null, upper);
        return Parse(target.WrittenSpan);
    }

    /// <summary>The value with the names of its maps sorted and each number written in one way.</summary>
    public static JsonElement Canonical(JsonElement value)
    {
        var target = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(target, Writing))
            Write(json, value);
        return Parse(target.WrittenSpan);
    }

    /// <summary>Text as it is, anything else as JSON: what an environment variable or a table shows.</summary>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>Writes the value in its canonical form.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(json, item);
                json.WriteEndArray();
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var whole):
                json.WriteNumberValue(whole);
                break;
            case JsonValueKind.Number when double.IsFinite(value.GetDouble()):
                WriteNumber(json, value.GetDouble());
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    // Whole numbers beyond 2^53 are told apart only as integers, which came before.
    private static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (Math.Abs(number) < 1L << 53 && number == Math.Truncate(number))
            json.WriteNumberValue((long)number);
        else
            json.WriteNumberValue(number);
    }

    private static void WriteMerged(Utf8JsonWriter json, JsonElement? lower, JsonElement upper)
    {
        json.WriteStartObject();
        foreach (var member in lower is { } below ? below.EnumerateObject().ToList() : [])
        {
            if (!upper.TryGetProperty(member.Name, out _))
                member.WriteTo(json);
        }

        foreach (var member in upper.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            json.WritePropertyName(member.Name);
            if (member.Value.ValueKind == JsonValueKind.Object)
                WriteMerged(json, lower is { } map && map.TryGetProperty(member.Name, out var known) && known.ValueKind == JsonValueKind.Object ? known : null, member.Value);
            else
                member.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }
}
