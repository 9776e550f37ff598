namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>Takes the data out of a chunked body that arrives in any pieces. Extensions and trailers are skipped; line ends must be CR LF.</summary>
internal struct ChunkedDecoder
{
    private const int MostDigits = 15;
    private const int LongestSkipped = 16 * 1024;
    private Stage stage;
    private long remaining;
    private int digits;
    private int skipped;

    private enum Stage
    {
        Size,
        Extension,
        SizeEnd,
        Data,
        DataReturn,
        DataEnd,
        TrailerStart,
        Trailer,
        TrailerEnd,
        LastEnd,
        Done,
    }

    public readonly bool IsDone => stage == Stage.Done;

    /// <param name="used">How much of the bytes is done with.</param>
    /// <returns>True with a piece of data; false when the bytes hold none (any more).</returns>
    public bool TryTake(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> piece, out int used)
    {
        used = 0;
        while (used < bytes.Length && stage != Stage.Done)
        {
            if (stage == Stage.Data)
            {
                piece = bytes.Slice(used, (int)Math.Min(remaining, bytes.Length - used));
                remaining -= piece.Length;
                used += piece.Length;
                if (remaining == 0)
                    stage = Stage.DataReturn;
                return true;
            }

            Step(bytes[used++]);
        }

        piece = default;
        return false;
    }

    private void Step(byte next)
    {
        switch (stage)
        {
            case Stage.Size:
                ReadSize(next);
                break;
            case Stage.Extension:
                Skip();
                if (next == '\r')
                    stage = Stage.SizeEnd;
                else if (next == '\n')
                    throw Malformed();
                break;
            case Stage.SizeEnd:
                Expect(next, '\n');
                stage = remaining == 0 ? Stage.TrailerStart : Stage.Data;
                digits = 0;
                break;
            case Stage.DataReturn:
                Expect(next, '\r');
                stage = Stage.DataEnd;
                break;
            case Stage.DataEnd:
                Expect(next, '\n');
                stage = Stage.Size;
                break;
            case Stage.TrailerStart:
                stage = next == '\r' ? Stage.LastEnd : Stage.Trailer;
                break;
            case Stage.Trailer:
                Skip();
                if (next == '\r')
                    stage = Stage.TrailerEnd;
                break;
            case Stage.TrailerEnd:
                Expect(next, '\n');
                stage = Stage.TrailerStart;
                break;
            case Stage.LastEnd:
                Expect(next, '\n');
                stage = Stage.Done;
                break;
            default:
                throw new InvalidOperationException($"No byte is expected in stage {stage}.");
        }
    }

    private void ReadSize(byte next)
    {
        var value = HexValue(next);
        if (value >= 0)
        {
            if (++digits > MostDigits)
                throw Malformed();
            remaining = (remaining << 4) | (uint)value;
            return;
        }

        if (digits == 0)
            throw Malformed();
        stage = next switch
        {
            (byte)'\r' => Stage.SizeEnd,
            (byte)';' or (byte)' ' or (byte)'\t' => Stage.Extension,
            _ => throw Malformed(),
        };
    }

    private void Skip()
    {
        if (++skipped > LongestSkipped)
            throw Malformed();
    }

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    private static void Expect(byte next, char expected)
    {
        if (next != expected)
            throw Malformed();
    }

    private static UpstreamException Malformed() => new("sent a body whose chunks are malformed");
}
