using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Fairlead.Serving.Forwarding.Recording;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>One attempt to have a call answered by one instance.</summary>
internal sealed class Http1Exchange(ForwardCall call, Http1Request request, CallRecorder recorder)
{
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();
    private static readonly TimeSpan SendingPatience = TimeSpan.FromSeconds(2);
    private Task sending = Task.CompletedTask;
    private bool isSent;
    private bool isAnswered;

    /// <summary>True when it failed so that no instance can have acted on it, or acting on it twice does no harm.</summary>
    public bool MayBeRepeated { get; private set; } = true;

    /// <summary>False when the instance took no connection.</summary>
    public bool HasConnected { get; private set; }

    /// <param name="upstream">Null when the program has just ended.</param>
    /// <param name="isFresh">Takes no kept connection.</param>
    public async Task RunAsync(Upstream? upstream, bool isFresh)
    {
        if (upstream is null)
            throw new UpstreamException("has just ended");
        var connection = (isFresh ? null : upstream.TryRent()) ?? await upstream.ConnectAsync(call.Token).ConfigureAwait(false);
        HasConnected = true;
        var registration = call.Token.UnsafeRegister(static state => ((UpstreamConnection)state!).Dispose(), connection);
        var isKept = false;
        try
        {
            isKept = await RunAsync(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            await ExplainAsync(connection, e).ConfigureAwait(false);
        }
        finally
        {
            if (isKept && registration.Unregister())
                upstream.Return(connection);
            else
                connection.Dispose();
            await EndSendingAsync().ConfigureAwait(false);
        }
    }

    /// <summary>True when the connection may be used again.</summary>
    private async Task<bool> RunAsync(UpstreamConnection connection)
    {
        connection.Begin();
        var isStreamed = request.Kind == RequestBodyKind.Streamed;
        connection.Request.Write(call, request.Length, isStreamed && request.Length is null, request.IsUpgrade);
        if (request.Kind == RequestBodyKind.Whole)
            request.Body.CopyTo(connection.Request.Extend((int)request.Body.Length));
        MayBeRepeated = !isStreamed && IsIdempotent(call.Exchange.Method);
        await connection.SendAsync(connection.Request.Bytes).ConfigureAwait(false);
        if (isStreamed)
            sending = SendBodyAsync(connection);
        var head = connection.Answer;
        await ReadHeadAsync(connection, head).ConfigureAwait(false);
        MayBeRepeated = false;
        RecordRequest();
        call.Status = head.Status;
        call.AnswerType = head.Find("Content-Type");
        if (head.Status == StatusCodes.Status101SwitchingProtocols)
        {
            if (!request.IsUpgrade)
                throw new UpstreamException("switched protocols, which nobody asked for");
            await WebSocketTunnel.RunAsync(call, connection, head).ConfigureAwait(false);
            return false;
        }

        var end = await AnswerCopy.RunAsync(call, connection, recorder).ConfigureAwait(false);
        isAnswered = true;
        return end && head.KeepsAlive && sending.IsCompletedSuccessfully && isSent == isStreamed && connection.Unread.IsEmpty;
    }

    // By their exact names: what another spelling means is the program's own affair.
    private static bool IsIdempotent(string method) =>
        method is "GET" or "HEAD" or "PUT" or "DELETE" or "OPTIONS" or "TRACE";

    private static async ValueTask ReadHeadAsync(UpstreamConnection connection, AnswerHead head)
    {
        while (true)
        {
            if (!await connection.FillAsync().ConfigureAwait(false))
                throw new UpstreamException(connection.HasReceived ? "closed the connection in the middle of its answer" : "closed the connection before it answered");
            while (head.TryRead(connection.Unread, out var length))
            {
                connection.Take(length);
                if (!head.IsInterim)
                    return;
            }
        }
    }

    /// <summary>For the record; once, however often it is sent.</summary>
    private void RecordRequest()
    {
        call.IsRequestWhole |= request.Kind != RequestBodyKind.Streamed;
        if (request.Kind != RequestBodyKind.Whole)
            return;
        foreach (var segment in request.Body)
            call.Request.Append(segment.Span);
    }

    private async Task SendBodyAsync(UpstreamConnection connection)
    {
        var isChunked = request.Length is null;
        var reader = call.Exchange.Body;
        while (true)
        {
            var read = await ReadBodyAsync(reader, connection).ConfigureAwait(false);
            if (read.IsCanceled)
                return;
            try
            {
                foreach (var segment in read.Buffer)
                {
                    call.Request.Append(segment.Span);
                    if (isChunked)
                        await connection.SendAsync(ChunkPrefix(segment.Length)).ConfigureAwait(false);
                    await connection.SendAsync(segment).ConfigureAwait(false);
                    if (isChunked)
                        await connection.SendAsync(LineEnd).ConfigureAwait(false);
                }

                if (read.IsCompleted && isChunked)
                    await connection.SendAsync(LastChunk).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It may have answered already why it does not want the rest; reading that shows whether it has.
                return;
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }

            if (read.IsCompleted)
            {
                isSent = true;
                call.IsRequestWhole = true;
                return;
            }
        }
    }

    private static async ValueTask<ReadResult> ReadBodyAsync(PipeReader reader, UpstreamConnection connection)
    {
        try
        {
            return await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            // The client broke off: there is nothing to wait for.
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Why the connection broke: the client's fault, the deadline's or the instance's.</summary>
    private async Task ExplainAsync(UpstreamConnection connection, Exception exception)
    {
        if (sending.IsFaulted)
            await sending.ConfigureAwait(false);
        call.Token.ThrowIfCancellationRequested();
        throw new UpstreamException(connection.HasReceived ? "broke the connection in the middle of its answer" : "broke the connection before it answered", exception);
    }

    /// <summary>
    /// Ends the sending of a body that the instance did not wait for. The client has its answer then, and what it goes on to send ends the sending, too:
    /// a read that is broken off would cost the client its connection in the middle of its body.
    /// </summary>
    private async ValueTask EndSendingAsync()
    {
        if (sending.IsCompleted)
            return;
        if (isAnswered)
        {
            await call.Exchange.Features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync().ConfigureAwait(false);
            await Task.WhenAny(sending, Task.Delay(SendingPatience, call.Instances.Time, call.Token)).ConfigureAwait(false);
        }

        if (!sending.IsCompleted)
            call.Exchange.Body.CancelPendingRead();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static byte[] ChunkPrefix(int length) => Encoding.ASCII.GetBytes($"{length:x}\r\n");
}
