using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Fairlead.Grpc.Framing;

/// <summary>Compresses messages and reads compressed ones, never past a limit.</summary>
internal static class MessageCompression
{
    private const int Step = 16 * 1024;

    /// <summary>Both forms end in four bytes about the message: gzip in its length, zlib in its Adler-32.</summary>
    private const int ChecksumSize = 4;
    private const uint AdlerPrime = 65521;

    /// <summary>So many bytes can be summed before 32 bits run over.</summary>
    private const int AdlerBlock = 5552;

    public static void Compress(ReadOnlySpan<byte> message, GrpcEncoding encoding, PooledBuffer into)
    {
        using var end = new BufferStream(into);
        using Stream packer = encoding == GrpcEncoding.Gzip ? new GZipStream(end, CompressionLevel.Fastest) : new ZLibStream(end, CompressionLevel.Fastest);
        packer.Write(message);
    }

    /// <exception cref="GrpcException">InvalidArgument: the bytes are not what the encoding says. ResourceExhausted: more than <paramref name="limit"/> bytes come out.</exception>
    public static void Decompress(in ReadOnlySequence<byte> message, GrpcEncoding encoding, int limit, PooledBuffer into)
    {
        using var packed = new PooledBuffer();
        foreach (var part in message)
            packed.Write(part.Span);
        if (packed.Length < ChecksumSize)
            throw MessageFault.NotCompressed(encoding);
        using var source = new MemoryStream(packed.Array, 0, packed.Length, writable: false);
        using Stream unpacker = encoding == GrpcEncoding.Gzip ? new GZipStream(source, CompressionMode.Decompress) : new ZLibStream(source, CompressionMode.Decompress);
        try
        {
            while (unpacker.Read(into.GetSpan(Step)) is > 0 and var read)
            {
                into.Advance(read);
                if (into.Length > limit)
                    throw MessageFault.TooLargeUnpacked(limit);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // The second is said of what asks for a dictionary: the bytes come from memory, which does not fail to be read.
            throw MessageFault.NotCompressed(encoding, e);
        }

        if (!IsWhole(packed.Written.Span, encoding, into.Written.Span))
            throw MessageFault.NotCompressed(encoding);
    }

    /// <summary>The streams above take an end that was cut off for a good one; what stands at the end of the whole tells.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> packed, GrpcEncoding encoding, ReadOnlySpan<byte> message)
    {
        var last = packed[^ChecksumSize..];
        return encoding == GrpcEncoding.Gzip
            ? BinaryPrimitives.ReadUInt32LittleEndian(last) == (uint)message.Length
            : BinaryPrimitives.ReadUInt32BigEndian(last) == Adler32(message);
    }

    private static uint Adler32(ReadOnlySpan<byte> message)
    {
        uint low = 1;
        uint high = 0;
        while (!message.IsEmpty)
        {
            var part = message[..Math.Min(AdlerBlock, message.Length)];
            foreach (var octet in part)
            {
                low += octet;
                high += low;
            }

            low %= AdlerPrime;
            high %= AdlerPrime;
            message = message[part.Length..];
        }

        return (high << 16) | low;
    }
}
