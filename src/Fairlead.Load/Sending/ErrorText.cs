using System.Text;
using System.Text.Json;

namespace Fairlead.Load.Sending;

/// <summary>Finds the sentence in the body of an error.</summary>
internal static class ErrorText
{
    private const int Longest = 300;

    /// <returns>The member <c>error</c> of a JSON object, else the begin of the text, on one line.</returns>
    public static string Of(ReadOnlySpan<byte> body)
    {
        var text = FromJson(body) ?? Encoding.UTF8.GetString(body[..Math.Min(body.Length, Longest)]);
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length switch
        {
            0 => "It gave no reason.",
            > Longest => line[..Longest] + "…",
            _ => line,
        };
    }

    private static string? FromJson(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out var error) ? error.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
