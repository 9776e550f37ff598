using System.Net;
using System.Net.Sockets;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>A client's end of a connection that sends whatever a test wants and reads whatever comes.</summary>
internal sealed class Wire : IDisposable
{
    /// <summary>Whoever is not answered within this time is not answered: far more than a busy machine needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<Wire> OpenAsync(int port)
    {
        var wire = new Wire();
        await wire.socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return wire;
    }

    /// <summary>False when the server has closed the connection.</summary>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await socket.SendAsync(bytes, TestContext.Current.CancellationToken)..];
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Says that nothing more will come.</summary>
    public void EndSending()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server was faster.
        }
    }

    /// <summary>What has come since, 0 at the end of the connection. Fails when nothing comes for too long.</summary>
    public async Task<int> ReadAsync(Memory<byte> buffer)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            return await socket.ReceiveAsync(buffer, patience.Token);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <summary>Everything until the server closes the connection.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await ReadAsync(buffer) is > 0 and var count)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    public void Dispose() => socket.Dispose();
}
