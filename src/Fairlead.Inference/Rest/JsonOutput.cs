using System.Buffers;
using System.Text;

namespace Fairlead.Inference.Rest;

/// <summary>
/// Writes JSON text into a buffer writer, a span at a time. Hand-made since an answer is mostly prepared fragments and numbers;
/// the caller says how much room it needs before it writes.
/// </summary>
internal ref struct JsonOutput
{
    private const int Chunk = 512;

    // ASCII that stands for itself in a JSON string.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(character => (byte)character).Where(character => character is not ((byte)'"' or (byte)'\\'))]);

    private readonly IBufferWriter<byte> target;
    private Span<byte> span;
    private int used;
    private int flushed;

    public JsonOutput(IBufferWriter<byte> target)
    {
        this.target = target;
        span = target.GetSpan(Chunk);
    }

    /// <summary>Bytes written so far.</summary>
    public readonly int Length => flushed + used;

    /// <summary>At least so many bytes; <see cref="Advance"/> says how many were written.</summary>
    public Span<byte> Room(int bytes)
    {
        if (span.Length - used < bytes)
        {
            target.Advance(used);
            flushed += used;
            span = target.GetSpan(Math.Max(bytes, Chunk));
            used = 0;
        }

        return span[used..];
    }

    public void Advance(int bytes) => used += bytes;

    public void Raw(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        used += text.Length;
    }

    public void Raw(byte character)
    {
        Room(1)[0] = character;
        used++;
    }

    public void Number(long value)
    {
        value.TryFormat(Room(20), out var written);
        used += written;
    }

    /// <summary>UTF-8 as a JSON string, quotes included. Bytes that are not UTF-8 (a model's output may hold any) become U+FFFD.</summary>
    public void String(scoped ReadOnlySpan<byte> text)
    {
        Raw((byte)'"');
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAnyExcept(Plain);
            if (end < 0)
                end = text.Length;
            Raw(text[..end]);
            text = text[end..];
            if (!text.IsEmpty)
                text = text[Special(text)..];
        }

        Raw((byte)'"');
    }

    public void Complete()
    {
        target.Advance(used);
        flushed += used;
        used = 0;
        span = default;
    }

    // One character that is not plain ASCII; returns the bytes that it took.
    private int Special(scoped ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out var rune, out var consumed);
        switch (rune.Value)
        {
            case '"':
                Raw("\\\""u8);
                break;
            case '\\':
                Raw("\\\\"u8);
                break;
            case '\n':
                Raw("\\n"u8);
                break;
            case < 0x20 or 0x7F:
                Raw("\\u00"u8);
                rune.Value.TryFormat(Room(2), out _, "x2");
                used += 2;
                break;
            default:
                // In two steps: Room may start a new span, and with it the count anew.
                var written = rune.EncodeToUtf8(Room(4));
                used += written;
                break;
        }

        return consumed;
    }
}
