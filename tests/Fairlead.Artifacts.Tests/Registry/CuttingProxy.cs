using System.Net;
using System.Net.Sockets;

namespace Fairlead.Artifacts.Tests.Registry;

/// <summary>Passes connections on to a port, and cuts each after so many bytes in one direction.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly int target;
    private readonly Task accepting;
    private int cuts;

    public CuttingProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Bytes of a connection that reach the registry.</summary>
    public long SentLimit { get; set; } = long.MaxValue;

    /// <summary>Bytes of a connection that come back from it.</summary>
    public long ReceivedLimit { get; set; } = long.MaxValue;

    /// <summary>After so many, nobody is let through any more.</summary>
    public int MostCuts { get; set; } = int.MaxValue;

    public int Cuts => Volatile.Read(ref cuts);

    public void Dispose()
    {
        ending.Cancel();
        listener.Stop();
        accepting.Wait();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(ending.Token);
                _ = PassAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                if (Cuts >= MostCuts)
                    return;
                await server.ConnectAsync(IPAddress.Loopback, target, ending.Token);
                await Task.WhenAny(CopyAsync(client, server, SentLimit), CopyAsync(server, client, ReceivedLimit));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // Cut by one of the two ends.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, long limit)
    {
        try
        {
            var buffer = new byte[16 << 10];
            var passed = 0L;
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer, ending.Token)) > 0)
            {
                var allowed = (int)Math.Min(read, limit - passed);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, allowed), ending.Token);
                passed += allowed;
                if (passed < limit)
                    continue;
                Interlocked.Increment(ref cuts);
                return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // Cut by one of the two ends.
        }
    }
}
