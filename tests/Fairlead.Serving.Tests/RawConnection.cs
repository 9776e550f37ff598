using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fairlead.Serving.Tests;

/// <summary>A client that sends exactly the bytes that a test wants.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <param name="receiveBuffer">Bytes that the system takes from the host before the test reads; null for what it likes.</param>
    public static async Task<RawConnection> OpenAsync(int port, int? receiveBuffer = null)
    {
        var connection = new RawConnection();
        if (receiveBuffer is { } bytes)
            connection.socket.ReceiveBufferSize = bytes;
        await connection.socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await socket.SendAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>The next answer: status and body. Its length must be given by Content-Length.</summary>
    public async Task<(int Status, string Body)> ReadAsync()
    {
        var lines = (await ReadHeadAsync()).Split("\r\n");
        var length = int.Parse(lines.Single(line => line.StartsWith("Content-Length:", StringComparison.Ordinal)).Split(':')[1]);
        var body = new byte[length];
        for (var at = 0; at < length;)
            at += await socket.ReceiveAsync(body.AsMemory(at), TestContext.Current.CancellationToken);
        return (int.Parse(lines[0].Split(' ')[1]), Encoding.UTF8.GetString(body));
    }

    /// <summary>The next answer's status line and headers, with the empty line that ends them.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assert.Equal(1, await socket.ReceiveAsync(one, TestContext.Current.CancellationToken));
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Breaks the connection without a farewell.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();
}
