using System.Net;
using System.Net.Sockets;
using Fairlead.Transport.Clients;
using Fairlead.Transport.Loops;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Transport.Tests.Clients;

public sealed class LoopClientTests : IDisposable
{
    private const int Many = 8 * 1024 * 1024;
    private readonly EventLoopGroup group = new(TimeProvider.System, NullLoggerFactory.Instance, 2);
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public LoopClientTests()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
    }

    public void Dispose()
    {
        group.Dispose();
        listener.Dispose();
    }

    [Fact]
    public async Task Connect_NobodyListens_IsRefused()
    {
        listener.Dispose();
        var refusal = await Assert.ThrowsAsync<SocketException>(async () => await LoopClient.ConnectAsync(group.Loops[0], new IPEndPoint(IPAddress.Loopback, 1), TestContext.Current.CancellationToken));
        Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
        await OffLoopAsync();
    }

    [Fact]
    public async Task Connect_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();

        // Nobody answers there: a network for documents.
        var connecting = LoopClient.ConnectAsync(group.Loops[0], new IPEndPoint(IPAddress.Parse("192.0.2.1"), 80), cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        var failure = await Record.ExceptionAsync(() => connecting);
        Assert.True(failure is OperationCanceledException or SocketException, $"{failure}");
        await OffLoopAsync();
    }

    [Fact]
    public async Task ReceiveAndSend_Megabytes_ArriveBothWaysAtOnce()
    {
        var (client, peer) = await PairAsync();
        var noise = Wire.Noise(5, Many);
        var back = Wire.Noise(6, Many);
        var sending = Task.Run(async () => await client.SendAsync(noise));
        var peerSending = Task.Run(() => peer.SendAllAsync(back));
        var received = Task.Run(() => peer.ReceiveExactlyAsync(Many, piece: 5_003));
        Assert.Equal(Wire.Digest(back), Wire.Digest(await ReceiveAsync(client, Many)));
        Assert.Equal(Wire.Digest(noise), Wire.Digest(await received));
        await Task.WhenAll(sending, peerSending);
        peer.Dispose();
        Assert.Equal(0, await client.ReceiveAsync(new byte[1]));
        client.Dispose();
        await OffLoopAsync();
    }

    [Fact]
    public async Task Receive_Waiting_GoesOnOnTheLoop()
    {
        var (client, peer) = await PairAsync();
        await OffLoopAsync();
        var receiving = ReceiveAndTellAsync(client);
        Assert.False(receiving.IsCompleted);
        await peer.SendAllAsync("12345"u8.ToArray());
        Assert.Equal((5, group.Loops[0]), await receiving);
        client.Dispose();
        peer.Dispose();
    }

    [Fact]
    public async Task Receive_DisposedMeanwhile_Throws()
    {
        var (client, peer) = await PairAsync();
        await OffLoopAsync();
        var receiving = client.ReceiveAsync(new byte[8]).AsTask();
        client.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving);
        await OffLoopAsync();
        Assert.Throws<ObjectDisposedException>(() => { _ = client.ReceiveAsync(new byte[8]); });
        Assert.Throws<ObjectDisposedException>(() => { _ = client.SendAsync(new byte[8]); });
        peer.Dispose();
    }

    [Fact]
    public async Task Send_DisposedWhileThePeerIsSlow_Throws()
    {
        var (client, peer) = await PairAsync();
        await OffLoopAsync();
        var sending = client.SendAsync(new byte[4 * Many]).AsTask();
        Assert.False(sending.IsCompleted);
        client.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sending);
        await OffLoopAsync();
        peer.Dispose();
    }

    [Fact]
    public async Task Receive_PeerResets_Throws()
    {
        var (client, peer) = await PairAsync();
        await OffLoopAsync();
        var receiving = client.ReceiveAsync(new byte[8]).AsTask();
        peer.Reset();
        var failure = await Assert.ThrowsAsync<SocketException>(() => receiving);
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
        await OffLoopAsync();
        client.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IsQuiet_PeerClosesOrSpeaks_BecomesFalse(bool speaks)
    {
        var (client, peer) = await PairAsync();
        Assert.True(client.IsQuiet);
        if (speaks)
            await peer.SendAllAsync("unasked"u8.ToArray());
        else
            peer.Dispose();
        await OffLoopAsync();
        while (client.IsQuiet)
            await Task.Yield();
        client.Dispose();
        peer.Dispose();
    }

    private static async Task<(int Count, EventLoop? Loop)> ReceiveAndTellAsync(LoopClient client)
    {
        var count = await client.ReceiveAsync(new byte[8]).ConfigureAwait(false);
        var loop = EventLoop.Current;
        await OffLoopAsync();
        return (count, loop);
    }

    private static async Task<byte[]> ReceiveAsync(LoopClient client, int count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var received = await client.ReceiveAsync(bytes.AsMemory(have, Math.Min(7_001, count - have)));
            Assert.True(received > 0);
            have += received;
        }

        return bytes;
    }

    /// <summary>The rest of the test, and the end of the loops, do not run on a loop.</summary>
    private static async Task OffLoopAsync() => await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    private async Task<(LoopClient Client, Socket Peer)> PairAsync()
    {
        var accepting = listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();
        var client = await LoopClient.ConnectAsync(group.Loops[0], (IPEndPoint)listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        return (client, await accepting);
    }
}
