using System.Buffers;
using System.Net;
using Fairlead.Grpc.Framing;

namespace Fairlead.Grpc.Client;

/// <summary>A request of one message.</summary>
internal sealed class MessageContent(ReadOnlyMemory<byte> message) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // In one piece, so that prefix and message leave in one frame.
        using var framed = new PooledBuffer();
        Frame(message.Span, framed);
        await stream.WriteAsync(framed.Written, cancellationToken).ConfigureAwait(false);
    }

    internal static void Frame(ReadOnlySpan<byte> message, PooledBuffer into)
    {
        MessagePrefix.Write(into.GetSpan(MessagePrefix.Size + message.Length), MessagePrefix.Plain, message.Length);
        into.Advance(MessagePrefix.Size);
        into.Write(message);
    }

    protected override bool TryComputeLength(out long length)
    {
        // Servers of gRPC expect a stream.
        length = 0;
        return false;
    }
}
