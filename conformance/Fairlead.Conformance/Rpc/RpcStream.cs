using System.IO.Pipelines;
using Google.Protobuf;

namespace Fairlead.Conformance.Rpc;

/// <summary>A call under way.</summary>
public sealed class RpcStream(PipeWriter requests, HttpRequestMessage message, HttpResponseMessage response, Stream answers) : IAsyncDisposable
{
    public Task WriteAsync(IMessage request, CancellationToken cancellationToken) => requests.WriteAsync(RpcRequest.Frame(request.ToByteArray()), cancellationToken).AsTask();

    /// <summary>The next message; null at the end.</summary>
    public Task<byte[]?> ReadAsync(CancellationToken cancellationToken) => RpcFrame.ReadAsync(answers, cancellationToken);

    /// <summary>Says that no request follows, reads what is left, and gives the whole as an answer.</summary>
    public async Task<RpcAnswer> FinishAsync(CancellationToken cancellationToken)
    {
        await requests.CompleteAsync().ConfigureAwait(false);
        return await RpcAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await requests.CompleteAsync().ConfigureAwait(false);
        message.Dispose();
    }
}
