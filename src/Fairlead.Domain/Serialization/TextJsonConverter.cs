using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairlead.Domain.Serialization;

/// <summary>Writes a value type as its text, as a value and as a property name.</summary>
public abstract class TextJsonConverter<T> : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ParseOrThrow(reader.GetString());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ParseOrThrow(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString()!);

    protected abstract T Parse(string text);

    private T ParseOrThrow(string? text)
    {
        try
        {
            return Parse(text ?? throw new JsonException($"null is no {typeof(T).Name}."));
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }
}
