using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Predictions.Log;

/// <summary>
/// Reads the frames of one segment file. It reads by calls, not by a mapping: the writer cuts the file to its used
/// length when sealing, and to touch a mapping beyond the end of its file is fatal.
/// </summary>
/// <param name="ownsFile">The file is closed with it.</param>
internal sealed class FrameReader(SafeFileHandle file, bool ownsFile = true) : IDisposable
{
    private const int WindowSize = 256 * 1024;
    private const int SmallestLook = 8 * 1024;
    private byte[] window = ArrayPool<byte>.Shared.Rent(WindowSize);
    private int start;
    private int end;
    private int ahead = WindowSize;

    /// <summary>Byte offset after the last frame returned.</summary>
    public long Position { get; private set; } = SegmentFormat.HeaderSize;

    /// <summary>Reads the header; null when it is good, else what is wrong with it.</summary>
    public string? ReadHeader()
    {
        Span<byte> header = stackalloc byte[SegmentFormat.HeaderSize];
        var read = RandomAccess.Read(file, header, 0);
        return SegmentFormat.ProblemOf(header[..read]);
    }

    /// <param name="payload">Valid until the next call.</param>
    public FrameOutcome TryRead(out ReadOnlySpan<byte> payload)
    {
        var outcome = Parse(out payload, out var missing);
        if (outcome == FrameOutcome.Whole)
            return Advance(payload.Length);

        // What the window holds may be older than the file: look once more before calling it the end.
        // A second look is needed when the first showed a length that the window was too small for.
        for (var look = 0; look < 2 && outcome != FrameOutcome.Whole; look++)
        {
            if (!Fill(missing))
                return FrameOutcome.Torn;
            outcome = Parse(out payload, out var stillMissing);
            if (stillMissing <= missing)
                break;
            missing = stillMissing;
        }

        return outcome == FrameOutcome.Whole ? Advance(payload.Length) : outcome;
    }

    /// <summary>
    /// Goes to where a frame begins, ahead or back. Frames that lie far from one another are read by small looks, those that follow one another by long ones.
    /// </summary>
    public void MoveTo(long offset)
    {
        var by = offset - Position;
        Position = offset;
        if (by >= -start && by <= end - start)
        {
            start += (int)by;
            return;
        }

        (start, end, ahead) = (0, 0, SmallestLook);
    }

    /// <summary>Another reader of the same file, from its first frame on; to be disposed before this one.</summary>
    public FrameReader Share() => new(file, ownsFile: false);

    public void Dispose()
    {
        if (ownsFile)
            file.Dispose();
        ArrayPool<byte>.Shared.Return(window);
        window = [];
    }

    private FrameOutcome Advance(int payloadLength)
    {
        var size = SegmentFormat.FrameSize(payloadLength);
        Position += size;
        start = (int)Math.Min(end, start + size);
        return FrameOutcome.Whole;
    }

    /// <param name="missing">Bytes that the frame needs from its start on, at the least.</param>
    private FrameOutcome Parse(out ReadOnlySpan<byte> payload, out int missing)
    {
        payload = default;
        missing = SegmentFormat.FrameHeaderSize;
        var bytes = window.AsSpan(start, end - start);
        if (bytes.Length < SegmentFormat.FrameHeaderSize)
            return bytes.IsEmpty ? FrameOutcome.Nothing : FrameOutcome.Torn;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length == 0)
            return FrameOutcome.Nothing;
        if (length > SegmentFormat.MaxPayload)
            return FrameOutcome.Torn;
        missing = SegmentFormat.FrameHeaderSize + (int)length;
        if (bytes.Length < missing)
            return FrameOutcome.Torn;
        payload = bytes[SegmentFormat.FrameHeaderSize..missing];
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]) == Crc32C.OfRecord(payload) ? FrameOutcome.Whole : FrameOutcome.Torn;
    }

    /// <summary>Reads the window anew from the position on. False when the file cannot hold that many bytes there.</summary>
    private bool Fill(int atLeast)
    {
        // Asked before the window grows, so that a damaged length cannot make it grow.
        if (atLeast > WindowSize && RandomAccess.GetLength(file) < Position + atLeast)
            return false;
        if (window.Length < atLeast)
        {
            ArrayPool<byte>.Shared.Return(window);
            window = ArrayPool<byte>.Shared.Rent(atLeast);
        }

        start = 0;
        end = 0;
        var wanted = Math.Max(atLeast, Math.Min(ahead, window.Length));
        ahead = Math.Min(2 * ahead, WindowSize);
        while (end < wanted && RandomAccess.Read(file, window.AsSpan(end, wanted - end), Position + end) is > 0 and var read)
            end += read;
        return true;
    }
}
