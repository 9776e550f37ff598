using System.Buffers.Binary;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>Frames over two byte streams: a byte of kind, four of length, and the payload. One thread may read while others write.</summary>
/// <param name="largest">Bytes that a payload from the other side may have.</param>
internal sealed class FramePipe(Stream input, Stream output, int largest)
{
    private const int HeaderBytes = 5;

    /// <summary>What is larger is written apart from its header, so as not to be copied.</summary>
    private const int JoinedBytes = 16 << 10;
    private readonly Lock writing = new();
    private readonly byte[] outgoing = new byte[HeaderBytes + JoinedBytes];
    private byte[] incoming = new byte[HeaderBytes + JoinedBytes];
    private int start;
    private int end;

    /// <summary>Waits for the next frame.</summary>
    /// <param name="bytes">Valid until the next call.</param>
    /// <returns>Null when the other side has ended.</returns>
    /// <exception cref="InvalidDataException">The frame is larger than any may be.</exception>
    public FrameKind? Read(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        try
        {
            if (!Fill(HeaderBytes))
                return null;
            var kind = (FrameKind)incoming[start];
            var length = BinaryPrimitives.ReadInt32LittleEndian(incoming.AsSpan(start + 1));
            if (length < 0 || length > largest)
                throw new InvalidDataException($"A frame of {length} bytes is too large.");
            start += HeaderBytes;
            if (!Fill(length))
                return null;
            bytes = incoming.AsSpan(start, length);
            start += length;
            return kind;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Sends a frame; when the other side has ended nothing happens, as reading tells so.</summary>
    public void Write(FrameKind kind, ReadOnlySpan<byte> bytes)
    {
        lock (writing)
        {
            try
            {
                outgoing[0] = (byte)kind;
                BinaryPrimitives.WriteInt32LittleEndian(outgoing.AsSpan(1), bytes.Length);
                // In one piece where that is short: the other side wakes up once.
                var joined = bytes.Length <= JoinedBytes ? bytes : [];
                joined.CopyTo(outgoing.AsSpan(HeaderBytes));
                output.Write(outgoing.AsSpan(0, HeaderBytes + joined.Length));
                if (joined.Length < bytes.Length)
                    output.Write(bytes);
                output.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // Broken pipe.
            }
        }
    }

    /// <summary>Reads until that many bytes are there from <see cref="start"/> on, and takes what else has come; false at the end of the stream.</summary>
    private bool Fill(int count)
    {
        var there = end - start;
        if (there >= count)
            return true;
        if (incoming.Length - start < count)
        {
            var room = incoming.Length >= count ? incoming : new byte[Math.Max(count, (int)Math.Min(largest, incoming.Length * 2L))];
            incoming.AsSpan(start, there).CopyTo(room);
            (incoming, start, end) = (room, 0, there);
        }

        end += input.ReadAtLeast(incoming.AsSpan(end), count - there, throwOnEndOfStream: false);
        return end - start >= count;
    }
}
