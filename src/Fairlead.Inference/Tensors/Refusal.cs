using System.Text;
using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Inference.Tensors;

/// <summary>The sentences with which a request is refused.</summary>
internal static class Refusal
{
    private const int LongestQuote = 64;

    public static FairleadException Invalid(string message) => FairleadException.Invalid(message);

    public static string Input(TensorCodec? tensor) => tensor is null ? "An input" : $"Input '{tensor.Spec.Name}'";

    /// <param name="owner">Such as "Input 'hour'", or "The request".</param>
    public static FairleadException Member(ref Utf8JsonReader reader, string owner, string member, string expected) =>
        Invalid($"{owner} has {Quote(ref reader)} in '{member}' at byte {reader.TokenStartIndex}; expected {expected}.");

    /// <summary>The token that the reader stands at, cut to a length that fits into a message.</summary>
    public static string Quote(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.EndArray or JsonTokenType.EndObject or JsonTokenType.None => "nothing",
        JsonTokenType.String => $"the string '{Cut(reader.ValueSpan)}'",
        _ => $"'{Cut(reader.ValueSpan)}'",
    };

    public static string Cut(ReadOnlySpan<byte> text) =>
        text.Length <= LongestQuote ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..Boundary(text)]) + "…";

    public static string Shape(ReadOnlySpan<long> dimensions)
    {
        var text = new StringBuilder("[");
        foreach (var dimension in dimensions)
            text.Append(text.Length > 1 ? "," : "").Append(dimension);
        return text.Append(']').ToString();
    }

    // Never in the middle of a character.
    private static int Boundary(ReadOnlySpan<byte> text)
    {
        var end = LongestQuote;
        while (end > 0 && (text[end] & 0xC0) == 0x80)
            end--;
        return end;
    }
}
