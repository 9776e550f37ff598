using System.Net;
using System.Net.Sockets;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>A connection of the runtime's own, for calls that no event loop carries.</summary>
internal sealed class PlainUpstreamSocket : IUpstreamSocket
{
    private readonly Socket socket;

    private PlainUpstreamSocket(Socket socket) => this.socket = socket;

    public bool IsQuiet
    {
        get
        {
            try
            {
                return !socket.Poll(0, SelectMode.SelectRead);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    public static async ValueTask<PlainUpstreamSocket> ConnectAsync(EndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new PlainUpstreamSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer, SocketFlags.None, CancellationToken.None);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, CancellationToken.None).ConfigureAwait(false)..];
    }

    public void Dispose() => socket.Dispose();
}
