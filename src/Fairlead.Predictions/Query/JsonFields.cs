using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Fairlead.Predictions.Query;

/// <summary>Turns the fields of a struct into JSON values.</summary>
internal static class JsonFields
{
    public static IReadOnlyDictionary<string, JsonElement>? From(object? structure, bool withNulls) =>
        structure is not Dictionary<string, object?> fields
            ? null
            : fields.Where(field => withNulls || field.Value is not null).ToDictionary(field => field.Key, field => Element(QueryValue.From(field.Value)), StringComparer.Ordinal);

    private static JsonElement Element(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, value);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case float number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case object?[] list:
                writer.WriteStartArray();
                foreach (var item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
