using System.Buffers.Binary;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>Frames over two byte streams: a byte of kind, four of length, and the payload. One thread may read while others write.</summary>
/// <param name="largest">Bytes that a payload from the other side may have.</param>
internal sealed class FramePipe(Stream input, Stream output, int largest)
{
    private const int HeaderBytes = 5;
    private readonly Lock writing = new();
    private readonly byte[] incomingHeader = new byte[HeaderBytes];
    private readonly byte[] outgoingHeader = new byte[HeaderBytes];
    private byte[] payload = new byte[4096];

    /// <summary>Waits for the next frame.</summary>
    /// <param name="bytes">Valid until the next call.</param>
    /// <returns>Null when the other side has ended.</returns>
    /// <exception cref="InvalidDataException">The frame is larger than any may be.</exception>
    public FrameKind? Read(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        try
        {
            if (input.ReadAtLeast(incomingHeader, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
                return null;
            var length = BinaryPrimitives.ReadInt32LittleEndian(incomingHeader.AsSpan(1));
            if (length < 0 || length > largest)
                throw new InvalidDataException($"A frame of {length} bytes is too large.");
            if (payload.Length < length)
                payload = new byte[Math.Max(length, Math.Min(largest, payload.Length * 2))];
            if (input.ReadAtLeast(payload.AsSpan(0, length), length, throwOnEndOfStream: false) < length)
                return null;
            bytes = payload.AsSpan(0, length);
            return (FrameKind)incomingHeader[0];
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
                outgoingHeader[0] = (byte)kind;
                BinaryPrimitives.WriteInt32LittleEndian(outgoingHeader.AsSpan(1), bytes.Length);
                output.Write(outgoingHeader);
                output.Write(bytes);
                output.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // Broken pipe.
            }
        }
    }
}
