using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fairlead.Tests.Running;

/// <summary>
/// A forward proxy that wants a password and resolves no names: whatever host it is asked for, it has the same bytes by http, and tunnels https to one port of this machine.
/// </summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly byte[] content;
    private readonly int tunnelTo;
    private readonly Task work;

    public RecordingProxy(byte[] content, int tunnelTo)
    {
        (this.content, this.tunnelTo) = (content, tunnelTo);
        listener.Start();
        work = AcceptAsync();
    }

    public string Url => $"http://ann:s%40cret@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The first lines of requests that had the password.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await work;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test ends.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            while (await ReadHeadAsync(stream) is { Length: > 0 } head)
            {
                var line = head[..head.IndexOf('\r')];
                if (!head.Contains($"Proxy-Authorization: Basic {Convert.ToBase64String("ann:s@cret"u8)}", StringComparison.OrdinalIgnoreCase))
                {
                    await SayAsync(stream, "407 Who", "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n");
                    continue;
                }

                Requests.Enqueue(line);
                if (line.StartsWith("CONNECT ", StringComparison.Ordinal))
                {
                    await TunnelAsync(stream);
                    return;
                }

                await SayAsync(stream, "200 OK", $"Content-Length: {content.Length}\r\n");
                await stream.WriteAsync(content, stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // One of the two left.
        }
    }

    private async Task TunnelAsync(NetworkStream stream)
    {
        using var target = new TcpClient();
        await target.ConnectAsync(IPAddress.Loopback, tunnelTo, stop.Token);
        await SayAsync(stream, "200 Connected", "");
        var there = target.GetStream();
        await Task.WhenAny(stream.CopyToAsync(there, stop.Token), there.CopyToAsync(stream, stop.Token));
    }

    private Task SayAsync(NetworkStream stream, string status, string headers) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\n"), stop.Token).AsTask();

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, stop.Token) == 1)
            head.Append((char)one[0]);
        return head.ToString();
    }
}
