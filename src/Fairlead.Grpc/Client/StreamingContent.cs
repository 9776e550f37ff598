using System.Net;

namespace Fairlead.Grpc.Client;

/// <summary>A request whose messages come one by one: hands out its stream, and ends when the call says so.</summary>
internal sealed class StreamingContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Stream> Opened => opened.Task;

    public void Complete() => completed.TrySetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            // The headers go at once: a server may answer before it is sent anything.
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // It may even have ended the call by then; who waits for the stream is told.
            opened.TrySetException(e);
            _ = opened.Task.Exception;
            throw;
        }

        opened.TrySetResult(stream);
        await completed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
