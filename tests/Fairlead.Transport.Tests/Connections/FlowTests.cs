using System.IO.Pipelines;
using System.Net.Sockets;

namespace Fairlead.Transport.Tests.Connections;

/// <summary>Bytes arrive whole and in order, however slow or broken up either side is, and neither side is flooded.</summary>
public sealed class FlowTests
{
    private const int Many = 8 * 1024 * 1024;

    [Fact]
    public async Task Output_ReaderSlow_ArrivesWholeAndWaitsMeanwhile()
    {
        var noise = Wire.Noise(1, Many);
        var waits = 0;
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            for (var at = 0; at < noise.Length; at += 10_000)
            {
                var flush = connection.Transport.Output.WriteAsync(noise.AsMemory(at, Math.Min(10_000, noise.Length - at)));
                waits += flush.IsCompleted ? 0 : 1;
                Assert.False((await flush).IsCompleted);
            }
        });
        using var client = await host.ConnectAsync(room: 64 * 1024);
        Assert.Equal(Wire.Digest(noise), Wire.Digest(await client.ReceiveExactlyAsync(Many, piece: 30_011)));
        Assert.True(await client.EndsInOrderAsync());
        Assert.True(waits > 0, "The writer never had to wait for the slow reader.");
    }

    [Fact]
    public async Task Output_OneWriteOfMegabytes_ArrivesWhole()
    {
        var noise = Wire.Noise(2, Many);
        await using var host = await TransportHost.StartAsync(async connection => await connection.Transport.Output.WriteAsync(noise));
        using var client = await host.ConnectAsync();
        Assert.Equal(Wire.Digest(noise), Wire.Digest(await client.ReceiveExactlyAsync(Many)));
        Assert.True(await client.EndsInOrderAsync());
    }

    [Fact]
    public async Task Output_WrittenAndNeverFlushed_IsSentWithItsCompletion()
    {
        await using var host = await TransportHost.StartAsync(connection =>
        {
            "good"u8.CopyTo(connection.Transport.Output.GetSpan(10));
            connection.Transport.Output.Advance(4);
            return Task.CompletedTask;
        });
        using var client = await host.ConnectAsync();
        Assert.Equal("good"u8.ToArray(), await client.ReceiveExactlyAsync(4));
        Assert.True(await client.EndsInOrderAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRI * HTTP/2")]
    public async Task Output_WrittenWhileWhatWasFlushedIsSent_KeepsItsRoom(string begin)
    {
        var noise = Wire.Noise(9, Many);
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            var output = connection.Transport.Output;
            if (begin.Length > 0)
                connection.Transport.Input.AdvanceTo((await connection.Transport.Input.ReadAtLeastAsync(begin.Length)).Buffer.End);
            for (var at = 0; at < noise.Length;)
            {
                // Held over a flush of what came before it: another thread may send that meanwhile.
                var size = Math.Min(1 + (at % 977), noise.Length - at);
                var flush = at % 3 == 0 ? output.FlushAsync() : default;
                var room = output.GetMemory(size);
                await flush;
                await Task.Yield();
                noise.AsSpan(at, size).CopyTo(room.Span);
                output.Advance(size);
                at += size;
            }
        });
        using var client = await host.ConnectAsync(room: 16 * 1024);
        await client.SendAsync(System.Text.Encoding.ASCII.GetBytes(begin), TestContext.Current.CancellationToken);
        Assert.Equal(Wire.Digest(noise), Wire.Digest(await client.ReceiveExactlyAsync(Many)));
        Assert.True(await client.EndsInOrderAsync());
    }

    [Fact]
    public async Task Output_PendingFlushCancelled_SaysSoAndTheRestStillArrives()
    {
        var noise = Wire.Noise(3, Many);
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            var flush = connection.Transport.Output.WriteAsync(noise);
            Assert.False(flush.IsCompleted);
            connection.Transport.Output.CancelPendingFlush();
            Assert.True((await flush).IsCanceled);
        });
        using var client = await host.ConnectAsync(room: 64 * 1024);
        Assert.Equal(Wire.Digest(noise), Wire.Digest(await client.ReceiveExactlyAsync(Many)));
    }

    [Fact]
    public async Task Input_NobodyReads_TheSenderWaitsAndNothingIsLost()
    {
        var noise = Wire.Noise(4, 4 * Many);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var digest = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            await go.Task;
            var bytes = new MemoryStream();
            await connection.Transport.Input.CopyToAsync(bytes);
            digest.SetResult(Wire.Digest(bytes.ToArray()));
        });
        using var client = await host.ConnectAsync();
        client.Blocking = false;
        var sent = FillUp(client, noise);
        Assert.InRange(sent, 1024 * 1024, noise.Length - 1);
        client.Blocking = true;
        go.SetResult();
        await client.SendAllAsync(noise.AsMemory(sent));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(Wire.Digest(noise), await digest.Task);
    }

    [Fact]
    public async Task Bytes_ChoppedAtRandomBothWays_ComeBackAsTheyWere()
    {
        await using var host = await TransportHost.StartAsync(TransportHost.EchoAsync);
        await Parallel.ForAsync(0, 32, async (seed, _) =>
        {
            var random = new Random(seed);
            var noise = Wire.Noise(seed, random.Next(1, 600_000));
            using var client = await host.ConnectAsync();
            var sending = Task.Run(async () =>
            {
                for (var at = 0; at < noise.Length;)
                {
                    var piece = Math.Min(noise.Length - at, random.Next(10) == 0 ? random.Next(1, 150_000) : random.Next(1, 5_000));
                    await client.SendAllAsync(noise.AsMemory(at, piece));
                    at += piece;
                }

                client.Shutdown(SocketShutdown.Send);
            }, CancellationToken.None);
            Assert.Equal(Wire.Digest(noise), Wire.Digest(await client.ReceiveExactlyAsync(noise.Length, piece: 1 + (seed * 977))));
            await sending;
            Assert.True(await client.EndsInOrderAsync());
        });
    }

    /// <summary>Sends until nothing more is taken for a while.</summary>
    private static int FillUp(Socket client, byte[] bytes)
    {
        var sent = 0;
        while (sent < bytes.Length && client.Poll(TimeSpan.FromMilliseconds(300), SelectMode.SelectWrite))
            sent += client.Send(bytes, sent, Math.Min(64 * 1024, bytes.Length - sent), SocketFlags.None);
        return sent;
    }
}
