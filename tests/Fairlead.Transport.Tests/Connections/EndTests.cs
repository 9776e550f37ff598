using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Fairlead.Transport.Tests.Connections;

/// <summary>How connections end, by either side, in order or not, and who learns what of it.</summary>
public sealed class EndTests
{
    [Fact]
    public async Task Client_HalfCloses_StillGetsItsAnswer()
    {
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            while (true)
            {
                var read = await connection.Transport.Input.ReadAsync();
                connection.Transport.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }

            await connection.Transport.Output.WriteAsync("late"u8.ToArray());
        });
        using var client = await host.ConnectAsync();
        await client.SendAllAsync("question"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("late"u8.ToArray(), await client.ReceiveExactlyAsync(4));
        Assert.True(await client.EndsInOrderAsync());
    }

    [Fact]
    public async Task Client_SendsAndClosesAtOnce_AllIsRead()
    {
        var read = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            var bytes = new MemoryStream();
            await connection.Transport.Input.CopyToAsync(bytes);
            read.SetResult(bytes.Length);
        });
        using (var client = await host.ConnectAsync())
            await client.SendAllAsync(new byte[300_000]);
        Assert.Equal(300_000, await read.Task);
    }

    [Fact]
    public async Task Client_ResetsWhileItIsReadFrom_TheReaderAndTheTokenLearnIt()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var failure = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            connection.ConnectionClosed.Register(() => closed.TrySetResult());
            var read = await connection.Transport.Input.ReadAsync();
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            ready.SetResult();
            failure.SetResult(await Record.ExceptionAsync(async () => await connection.Transport.Input.ReadAsync()));
        });
        var client = await host.ConnectAsync();
        await client.SendAllAsync("x"u8.ToArray());
        await ready.Task;
        client.Reset();
        Assert.IsType<ConnectionResetException>(await failure.Task);
        await closed.Task;
    }

    [Fact]
    public async Task Client_ResetsWhileItIsWrittenTo_TheFlushEnds()
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            while (true)
            {
                var flush = connection.Transport.Output.WriteAsync(new byte[256 * 1024]);
                if (!flush.IsCompleted)
                    waiting.TrySetResult();
                if ((await flush).IsCompleted)
                    break;
            }

            ended.SetResult(true);
        });
        var client = await host.ConnectAsync();
        await waiting.Task;
        client.Reset();
        Assert.True(await ended.Task);
    }

    [Fact]
    public async Task Client_ResetsWhileNobodyReads_TheTokenLearnsIt()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            connection.ConnectionClosed.Register(() => closed.TrySetResult());
            await closed.Task;
        });
        var client = await host.ConnectAsync();
        client.Blocking = false;
        while (client.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectWrite))
            client.Send(new byte[64 * 1024]);
        client.Reset();
        await closed.Task;
    }

    [Fact]
    public async Task Client_Killed_TheReaderLearnsIt()
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            try
            {
                while (true)
                {
                    var read = await connection.Transport.Input.ReadAsync();
                    connection.Transport.Input.AdvanceTo(read.Buffer.End);
                    began.TrySetResult();
                    if (read.IsCompleted)
                        return;
                }
            }
            finally
            {
                ended.SetResult();
            }
        });
        using var peer = Process.Start("bash", ["-c", $"exec 3<>/dev/tcp/127.0.0.1/{host.EndPoint.Port}; echo hello >&3; read -r line <&3"]);
        await began.Task;
        peer.Kill();
        await ended.Task;
        await peer.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Server_Aborts_TheClientIsReset()
    {
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            await connection.Transport.Input.ReadAsync();
            connection.Abort(new ConnectionAbortedException("Enough."));
        });
        using var client = await host.ConnectAsync();
        await client.SendAllAsync("x"u8.ToArray());
        Assert.False(await client.EndsInOrderAsync());
    }

    [Fact]
    public async Task Server_AbortsWhileItsReaderWaits_TheReaderLearnsTheReason()
    {
        var failure = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            connection.Transport.Input.AdvanceTo((await connection.Transport.Input.ReadAsync()).Buffer.End);
            var read = connection.Transport.Input.ReadAsync();
            connection.Abort(new ConnectionAbortedException("Enough."));
            failure.SetResult(await Record.ExceptionAsync(async () => await read));
        });
        using var client = await host.ConnectAsync();
        await client.SendAllAsync("x"u8.ToArray());
        Assert.Equal("Enough.", Assert.IsType<ConnectionAbortedException>(await failure.Task).Message);
    }

    [Fact]
    public async Task Server_OutputCompletedWithAnError_TheClientIsReset()
    {
        await using var host = await TransportHost.StartAsync(async connection =>
        {
            await connection.Transport.Input.ReadAsync();
            await connection.Transport.Output.CompleteAsync(new IOException("Broken."));
        });
        using var client = await host.ConnectAsync();
        await client.SendAllAsync("x"u8.ToArray());
        Assert.False(await client.EndsInOrderAsync());
    }

    [Fact]
    public async Task Reader_ContinuationThrows_CostsItsOwnConnectionOnly()
    {
        await using var host = await TransportHost.StartAsync(
            async connection =>
            {
                var read = await connection.Transport.Input.ReadAsync();
                if (read.Buffer.FirstSpan[0] == 'e')
                {
                    await connection.Transport.Output.WriteAsync(read.Buffer.First);
                    connection.Transport.Input.AdvanceTo(read.Buffer.End);
                    await TransportHost.EchoAsync(connection);
                    return;
                }

                connection.Transport.Input.AdvanceTo(read.Buffer.End);
                var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                connection.ConnectionClosed.Register(() => closed.TrySetResult());
                connection.Transport.Input.ReadAsync().GetAwaiter().UnsafeOnCompleted(() => throw new InvalidOperationException("A bug."));
                await connection.Transport.Output.WriteAsync("r"u8.ToArray());
                await closed.Task;
            },
            loops: 1);
        using var good = await host.ConnectAsync();
        using var bad = await host.ConnectAsync();
        await bad.SendAllAsync("b"u8.ToArray());
        await bad.ReceiveExactlyAsync(1);
        await bad.SendAllAsync("b"u8.ToArray());
        Assert.False(await bad.EndsInOrderAsync());
        await good.SendAllAsync("echo"u8.ToArray());
        Assert.Equal("echo"u8.ToArray(), await good.ReceiveExactlyAsync(4));
        good.Shutdown(SocketShutdown.Send);
    }
}
