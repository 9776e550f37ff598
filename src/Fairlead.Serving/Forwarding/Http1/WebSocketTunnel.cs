using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>Carries the bytes of a connection that has switched protocols, both ways at once, until either side closes.</summary>
internal static class WebSocketTunnel
{
    private const int BufferSize = 16 * 1024;

    public static async Task RunAsync(ForwardCall call, UpstreamConnection connection, AnswerHead head)
    {
        call.Request.StopKeeping();
        call.Answer.StopKeeping();
        var response = call.Exchange.Features.GetRequiredFeature<IHttpResponseFeature>();
        head.CopyTo(response.Headers, head.UnusualTokens());
        response.Headers.Upgrade = head.Find("Upgrade");
        response.Headers.Connection = "Upgrade";
        call.AddHeadersTo(response.Headers);
        var client = await call.Exchange.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(call.Token);
            var up = SendAsync(call, client, connection, end.Token);
            var down = ReceiveAsync(call, client, connection);
            await Task.WhenAny(up, down).ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
            connection.Dispose();
            await Task.WhenAll(up, down).ConfigureAwait(false);
        }
    }

    private static async Task SendAsync(ForwardCall call, Stream client, UpstreamConnection connection, CancellationToken end)
    {
        var buffer = new byte[BufferSize];
        try
        {
            int read;
            while ((read = await client.ReadAsync(buffer, end).ConfigureAwait(false)) > 0)
            {
                call.Request.Append(buffer.AsSpan(0, read));
                await connection.SendAsync(buffer.AsMemory(0, read)).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // A tunnel ends like this as often as not.
        }
    }

    private static async Task ReceiveAsync(ForwardCall call, Stream client, UpstreamConnection connection)
    {
        try
        {
            do
            {
                var unread = connection.UnreadMemory;
                call.Answer.Append(unread.Span);
                await client.WriteAsync(unread, CancellationToken.None).ConfigureAwait(false);
                await client.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                connection.Take(unread.Length);
            }
            while (await connection.FillAsync().ConfigureAwait(false));
        }
        catch (Exception e) when (IsEnd(e))
        {
            // The other direction sees it, too.
        }
    }

    private static bool IsEnd(Exception exception) => exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException;
}
