using System.Buffers.Text;
using System.Text;

namespace Fairlead.Load.Sending.Http;

/// <summary>What matters of an answer's status line and headers.</summary>
internal struct AnswerHead
{
    /// <summary>-1 when the head does not tell how long the body is.</summary>
    public long ContentLength { get; private set; }

    public int Status { get; private set; }

    public bool IsChunked { get; private set; }

    /// <summary>The server closes the connection after the answer.</summary>
    public bool Closes { get; private set; }

    public bool HasPrediction { get; private set; }

    public string? ServerGroup { get; private set; }

    public readonly bool IsInterim => Status is >= 100 and < 200;

    public readonly bool HasBody => Status is not (204 or 304) && ContentLength != 0;

    /// <param name="lines">From the status line up to the empty line, each line with its end.</param>
    /// <param name="lastServerGroup">The name in the answer before: most likely the same again, and then no new string is made.</param>
    /// <exception cref="InvalidDataException">It is not HTTP/1.</exception>
    public static AnswerHead Parse(ReadOnlySpan<byte> lines, string? lastServerGroup)
    {
        var line = TakeLine(ref lines);
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[9..12].ContainsAnyExceptInRange((byte)'0', (byte)'9') || !Utf8Parser.TryParse(line[9..12], out int status, out _))
            throw new InvalidDataException($"The answer is not HTTP/1.1: it begins with '{Printable(line)}'.");
        var head = new AnswerHead { Status = status, ContentLength = -1, Closes = line[7] == '0' };
        while (!lines.IsEmpty)
            head.ReadHeader(TakeLine(ref lines), lastServerGroup);
        if (head.IsChunked)
            head.ContentLength = -1;
        return head;
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> lines)
    {
        var end = lines.IndexOf("\r\n"u8);
        var line = end < 0 ? lines : lines[..end];
        lines = end < 0 ? default : lines[(end + 2)..];
        return line;
    }

    private static bool Is(ReadOnlySpan<byte> left, ReadOnlySpan<byte> lowerCase) => Ascii.EqualsIgnoreCase(left, lowerCase);

    private static string Printable(ReadOnlySpan<byte> bytes) =>
        string.Concat(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 40)]).Select(character => char.IsControl(character) ? '.' : character));

    private void ReadHeader(ReadOnlySpan<byte> line, string? lastServerGroup)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
            throw new InvalidDataException($"The answer has a header without a colon: '{Printable(line)}'.");
        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \t"u8);
        // By length first: most headers are none of these.
        switch (colon)
        {
            case 14 when Is(name, "content-length"u8):
                ContentLength = Utf8Parser.TryParse(value, out long length, out var digits) && digits == value.Length && length >= 0
                    ? length
                    : throw new InvalidDataException($"The answer's Content-Length is '{Printable(value)}'.");
                break;
            case 17 when Is(name, "transfer-encoding"u8):
                IsChunked = value.Length >= 7 && Is(value[^7..], "chunked"u8);
                break;
            case 10 when Is(name, "connection"u8):
                Closes = Is(value, "close"u8) || (Closes && !Is(value, "keep-alive"u8));
                break;
            case 19 when Is(name, "fairlead-prediction"u8):
                HasPrediction = !value.IsEmpty;
                break;
            case 21 when Is(name, "fairlead-server-group"u8):
                ServerGroup = lastServerGroup is not null && Ascii.Equals(value, lastServerGroup) ? lastServerGroup : Encoding.Latin1.GetString(value);
                break;
        }
    }
}
