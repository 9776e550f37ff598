using System.Net;
using System.Net.Sockets;
using Fairlead.Domain.Problems;
using Fairlead.Platforms.Local;

namespace Fairlead.Platforms.Tests.Local;

public sealed class PortProbeTests
{
    [Fact]
    public void EnsureFree_PortInUse_IsOneSentenceWithTheCure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.False(PortProbe.IsFree(IPAddress.Loopback, port));
        var problem = Assert.Throws<FairleadException>(() => PortProbe.EnsureFree(IPAddress.Loopback, port, "--port"));
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.Equal($"Port '{port}' of 127.0.0.1 is in use or not permitted; choose another by '--port'.", problem.Message);
    }

    [Fact]
    public async Task IsFree_PortOfAConnectionJustClosed_IsTrue()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = (IPEndPoint)listener.LocalEndpoint;
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(endpoint, TestContext.Current.CancellationToken);
            // The listening side closes first, so that its port is left in TIME_WAIT.
            (await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }

        listener.Stop();
        Assert.True(PortProbe.IsFree(IPAddress.Loopback, endpoint.Port));
    }

    [Fact]
    public void IsFree_AnyPort_IsTrue() => Assert.True(PortProbe.IsFree(IPAddress.IPv6Loopback, 0));
}
