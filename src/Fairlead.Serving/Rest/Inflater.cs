using System.IO.Compression;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Limits;

namespace Fairlead.Serving.Rest;

/// <summary>Undoes the compression of a request's body, bounded by what it becomes.</summary>
internal static class Inflater
{
    private const int Step = 64 * 1024;

    /// <param name="body">As it came.</param>
    /// <param name="maxBytes">Of the body as it was before it was compressed, inclusive.</param>
    /// <exception cref="FairleadException">TooLarge; Invalid: it is not what its Content-Encoding says.</exception>
    public static unsafe RequestBody Inflate(ReadOnlySpan<byte> body, ContentCoding coding, long maxBytes, ByteBudget budget)
    {
        var inflated = new RequestBody(budget);

        // Nothing unfolds into nothing, and has no address to read from.
        if (body.IsEmpty)
            return inflated;
        try
        {
            fixed (byte* bytes = body)
            {
                using var source = new UnmanagedMemoryStream(bytes, body.Length);
                using var reader = Open(source, body, coding);
                while (true)
                {
                    var read = reader.Read(inflated.Room(Step));
                    if (read == 0)
                        return inflated;
                    inflated.Advance(read);
                    if (inflated.Length > maxBytes)
                        throw RequestBody.TooLarge(maxBytes);
                }
            }
        }
        catch (Exception e)
        {
            inflated.Dispose();

            // The second is said of what asks for a dictionary: the bytes come from memory, which does not fail to be read.
            if (e is InvalidDataException or IOException)
                throw FairleadException.Invalid($"The body is not what Content-Encoding '{(coding == ContentCoding.Gzip ? ContentCodings.Gzip : ContentCodings.Deflate)}' says: {e.Message}");
            throw;
        }
    }

    private static Stream Open(Stream source, ReadOnlySpan<byte> body, ContentCoding coding)
    {
        if (coding == ContentCoding.Gzip)
            return new GZipStream(source, CompressionMode.Decompress);

        // "deflate" means the zlib form; some clients send what is inside of it.
        var isZlib = body.Length >= 2 && (body[0] & 0x0F) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;
        return isZlib ? new ZLibStream(source, CompressionMode.Decompress) : new DeflateStream(source, CompressionMode.Decompress);
    }
}
