using System.IO.Pipelines;
using System.Net;

namespace Fairlead.Serving.Forwarding.Http2;

/// <summary>The body of a request on its way to an instance: each part leaves as soon as it has come.</summary>
internal sealed class ForwardedContent(ForwardCall call, PipeReader reader, long? length) : HttpContent
{
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool hasBegun;

    /// <summary>The client's bytes are being taken: they cannot be sent again.</summary>
    public bool HasBegun => hasBegun;

    /// <summary>Why the client's bytes could not be read, if so.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>
    /// Takes no more of the client's bytes: an instance may have answered before it had all of them, as it may a unary call whose message has come and whose end has not.
    /// From then on nothing writes to the call's copy of the request, which others read and give back.
    /// </summary>
    public async Task StopAsync()
    {
        if (ended.Task.IsCompleted)
            return;
        await stop.CancelAsync().ConfigureAwait(false);
        if (hasBegun)
            await ended.Task.ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        hasBegun = true;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop.Token);
            await CopyAsync(stream, either.Token).ConfigureAwait(false);
        }
        finally
        {
            ended.TrySetResult();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stop.Dispose();
        base.Dispose(disposing);
    }

    private async Task CopyAsync(Stream stream, CancellationToken cancellationToken)
    {
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
