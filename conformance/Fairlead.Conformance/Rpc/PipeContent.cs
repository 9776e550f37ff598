using System.IO.Pipelines;
using System.Net;

namespace Fairlead.Conformance.Rpc;

/// <summary>A request's body that grows while the answer is read.</summary>
internal sealed class PipeContent(PipeReader source) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var part in read.Buffer)
                await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            source.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
