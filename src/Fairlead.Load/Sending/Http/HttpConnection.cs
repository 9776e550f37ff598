using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Fairlead.Domain.Problems;

namespace Fairlead.Load.Sending.Http;

/// <summary>One connection, made again when the server has closed it.</summary>
internal sealed class HttpConnection(HttpTarget target, ReconnectCounter reconnects) : ILoadSlot
{
    private readonly AnswerReader reader = new();
    private Socket? socket;
    private Stream? stream;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            (socket, stream) = await target.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsConnectionProblem(e))
        {
            throw FairleadException.Unavailable($"Nothing answers at {target.Authority}: {e.Message}", e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<LoadAnswer> SendAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (stream is null || IsClosedByServer())
                await ReconnectAsync(cancellationToken).ConfigureAwait(false);
            await stream!.WriteAsync(request.Bytes, cancellationToken).ConfigureAwait(false);
            var answer = await reader.ReadAsync(stream, request.IsHead, cancellationToken).ConfigureAwait(false);
            if (!reader.CanContinue)
                Close();
            return answer;
        }
        catch (Exception e) when (IsConnectionProblem(e))
        {
            Close();
            // Closing in the middle of a call, as a timeout does it, may show as either.
            cancellationToken.ThrowIfCancellationRequested();
            return LoadAnswer.Lost(e.Message);
        }
        catch
        {
            Close();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private static bool IsConnectionProblem(Exception exception) => exception is IOException or SocketException or AuthenticationException or InvalidDataException;

    /// <summary>A server closes a connection that lay idle: nobody's failure. On one that carries nothing, only the end can be readable.</summary>
    private bool IsClosedByServer()
    {
        try
        {
            return !target.IsSecure && socket!.Poll(0, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private async Task ReconnectAsync(CancellationToken cancellationToken)
    {
        Close();
        reconnects.Add();
        (socket, stream) = await target.ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Close()
    {
        stream?.Dispose();
        stream = null;
        socket = null;
    }
}
