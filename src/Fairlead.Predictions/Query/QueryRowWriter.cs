using System.Text.Json;

namespace Fairlead.Predictions.Query;

/// <summary>Writes the values of a query's rows, which are already such as JSON has them.</summary>
public static class QueryRowWriter
{
    public static void Write(Utf8JsonWriter writer, object?[] values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
            WriteValue(writer, value);
        writer.WriteEndArray();
    }

    public static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case string text: writer.WriteStringValue(text); break;
            case float number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case sbyte or byte or short or ushort or int or uint or long: writer.WriteNumberValue(Convert.ToInt64(value)); break;
            case object?[] list: Write(writer, list); break;
            case IReadOnlyDictionary<string, object?> fields: WriteFields(writer, fields); break;
            default: throw new InvalidOperationException($"A query gave a value of type '{value.GetType()}'.");
        }
    }

    private static void WriteFields(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> fields)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in fields)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }
}
