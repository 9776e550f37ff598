using System.IO.Pipelines;
using System.Net;

namespace Fairlead.Serving.Forwarding.Http2;

/// <summary>The body of a request on its way to an instance: each part leaves as soon as it has come.</summary>
internal sealed class ForwardedContent(ForwardCall call, PipeReader reader, long? length) : HttpContent
{
    /// <summary>The client's bytes are being taken: they cannot be sent again.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Why the client's bytes could not be read, if so.</summary>
    public Exception? Failure { get; private set; }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasBegun = true;
        while (true)
        {
            var read = await ReadAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                foreach (var segment in read.Buffer)
                {
                    call.Request.Append(segment.Span);
                    call.RequestMessages?.Scan(segment.Span);
                    await stream.WriteAsync(segment, cancellationToken).ConfigureAwait(false);
                }

                if (!read.Buffer.IsEmpty)
                    await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }

            call.IsRequestWhole = read.IsCompleted;
            if (read.IsCompleted || read.IsCanceled)
                return;
        }
    }

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }
    }
}
