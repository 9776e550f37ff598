using System.Buffers;
using System.IO.Compression;

namespace Fairlead.Grpc.Framing;

/// <summary>Compresses messages and reads compressed ones, never past a limit.</summary>
internal static class MessageCompression
{
    private const int Step = 16 * 1024;

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
        catch (InvalidDataException e)
        {
            throw MessageFault.NotCompressed(encoding, e);
        }
    }
}
