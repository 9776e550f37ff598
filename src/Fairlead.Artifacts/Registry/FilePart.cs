using System.Net;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts.Registry;

/// <summary>A part of a file as the body of a request.</summary>
/// <param name="sent">Gets the bytes of each piece that the connection took.</param>
internal sealed class FilePart(SafeFileHandle file, long offset, long length, Action<int> sent) : HttpContent
{
    private const int PieceBytes = 256 << 10;

    protected override bool TryComputeLength(out long total)
    {
        total = length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[(int)Math.Min(PieceBytes, Math.Max(1, length))];
        for (var at = 0L; at < length;)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - at)), offset + at);
            if (read == 0)
                throw new IOException("The file ended before its size.");
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            at += read;
            sent(read);
        }
    }
}
