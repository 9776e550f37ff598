using System.Buffers;

namespace Fairlead.Grpc.Framing;

/// <summary>A compressed message that passed by on its way between others.</summary>
public static class PassedMessage
{
    /// <summary>Unpacks it, never past a limit, and whatever it holds.</summary>
    /// <param name="message">As it stood in its frame, without the prefix.</param>
    /// <param name="encoding">What the <c>grpc-encoding</c> of its direction says; null when it says nothing.</param>
    /// <param name="limit">Bytes that may come out, inclusive.</param>
    /// <param name="into">Gets the whole message, or nothing.</param>
    public static UnpackOutcome Unpack(ReadOnlySpan<byte> message, string? encoding, int limit, IBufferWriter<byte> into)
    {
        if (GrpcEncodings.Parse(encoding) is not { } known || known == GrpcEncoding.Identity)
            return UnpackOutcome.Unreadable;
        using var unpacked = new PooledBuffer();
        try
        {
            MessageCompression.Decompress(new ReadOnlySequence<byte>(message.ToArray()), known, limit, unpacked);
        }
        catch (GrpcException e)
        {
            return e.Status == GrpcStatusCode.ResourceExhausted ? UnpackOutcome.TooLarge : UnpackOutcome.Unreadable;
        }

        into.Write(unpacked.Written.Span);
        return UnpackOutcome.Unpacked;
    }
}
