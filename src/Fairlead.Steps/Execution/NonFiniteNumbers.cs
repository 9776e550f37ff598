using System.Buffers;

namespace Fairlead.Steps.Execution;

/// <summary>What JSON has no number for, and many programs write nevertheless: NaN and the infinities.</summary>
internal static class NonFiniteNumbers
{
    private static ReadOnlySpan<byte> NaN => "NaN"u8;

    private static ReadOnlySpan<byte> Infinity => "Infinity"u8;

    private static ReadOnlySpan<byte> Minus => "-Infinity"u8;

    /// <summary>The value that a text stands for; null for any other text.</summary>
    public static double? Parse(string? text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => null,
    };

    /// <summary>The same JSON with those words as texts, so that it can be read.</summary>
    public static ReadOnlySpan<byte> Quote(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf(NaN) < 0 && json.IndexOf(Infinity) < 0)
            return json;
        var quoted = new ArrayBufferWriter<byte>(json.Length + 64);
        var inText = false;
        for (var i = 0; i < json.Length;)
        {
            var rest = json[i..];
            var word = inText ? default : rest.StartsWith(NaN) ? NaN : rest.StartsWith(Infinity) ? Infinity : rest.StartsWith(Minus) ? Minus : default;
            if (!word.IsEmpty)
            {
                quoted.Write("\""u8);
                quoted.Write(word);
                quoted.Write("\""u8);
                i += word.Length;
                continue;
            }

            var length = inText && rest[0] == '\\' && rest.Length > 1 ? 2 : 1;
            inText ^= rest[0] == '"';
            quoted.Write(rest[..length]);
            i += length;
        }

        return quoted.WrittenSpan;
    }
}
