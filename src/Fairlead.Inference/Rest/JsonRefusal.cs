using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>The sentences that quote the JSON.</summary>
internal static class JsonRefusal
{
    /// <param name="owner">Such as "Input 'hour'", or "The request".</param>
    public static FairleadException Member(ref Utf8JsonReader reader, string owner, string member, string expected) =>
        Refusal.Invalid($"{owner} has {Quote(ref reader)} in '{member}' at byte {reader.TokenStartIndex}; expected {expected}.");

    /// <summary>The token that the reader stands at, cut to a length that fits into a message.</summary>
    public static string Quote(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.EndArray or JsonTokenType.EndObject or JsonTokenType.None => "nothing",
        JsonTokenType.String => $"the string '{Refusal.Cut(reader.ValueSpan)}'",
        _ => $"'{Refusal.Cut(reader.ValueSpan)}'",
    };
}
