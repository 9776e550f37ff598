using System.Buffers.Binary;
using System.IO.Compression;

namespace Fairlead.Conformance.Rpc;

/// <summary>Reads length-prefixed messages.</summary>
internal static class RpcFrame
{
    private const int PrefixLength = 5;
    private const int LongestMessage = 256 * 1024 * 1024;

    /// <summary>The next message, inflated when it is compressed; null at the end.</summary>
    /// <exception cref="IOException">What came is no frame.</exception>
    public static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixLength];
        var count = await stream.ReadAtLeastAsync(prefix, PrefixLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (count == 0)
            return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        if (count < PrefixLength || prefix[0] > 1 || length > LongestMessage)
            throw new IOException($"The answer holds {Convert.ToHexString(prefix.AsSpan(0, count))} where a frame should begin.");
        var message = new byte[length];
        await stream.ReadExactlyAsync(message, cancellationToken).ConfigureAwait(false);
        return prefix[0] == 1 ? Inflate(message) : message;
    }

    private static byte[] Inflate(byte[] message)
    {
        using var gzip = new GZipStream(new MemoryStream(message), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
