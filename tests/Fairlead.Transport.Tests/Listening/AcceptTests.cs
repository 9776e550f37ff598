using System.Net;
using System.Net.Sockets;
using Fairlead.Testing;
using Fairlead.Transport.Listening;
using Fairlead.Transport.Loops;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Transport.Tests.Listening;

[Collection(Alone.Name)]
public sealed class AcceptTests
{
    [Fact]
    public async Task Bind_PortInUse_SaysSo()
    {
        await using var host = await TransportHost.StartAsync(TransportHost.EchoAsync);
        var transport = new EventLoopTransport(host.Loops, TimeProvider.System, NullLoggerFactory.Instance);
        await Assert.ThrowsAsync<AddressInUseException>(async () => await transport.BindAsync(host.EndPoint, TestContext.Current.CancellationToken));
        Assert.False(transport.CanBind(new UnixDomainSocketEndPoint("/tmp/none")));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await transport.BindAsync(new UnixDomainSocketEndPoint("/tmp/none"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Accept_Connections_KnowBothEndsAndAreSpreadOverTheLoops()
    {
        var seen = new List<(EndPoint? Local, EndPoint? Remote, string Id)>();
        await using var host = await TransportHost.StartAsync(connection =>
        {
            lock (seen)
                seen.Add((connection.LocalEndPoint, connection.RemoteEndPoint, connection.ConnectionId));
            return TransportHost.EchoAsync(connection);
        });
        var clients = new List<Socket>();
        for (var n = 0; n < 10; n++)
            clients.Add(await host.ConnectAsync());
        foreach (var client in clients)
        {
            await client.SendAllAsync("x"u8.ToArray());
            await client.ReceiveExactlyAsync(1);
        }

        Assert.All(seen, one => Assert.Equal(host.EndPoint, one.Local));
        Assert.Equal(clients.Select(client => client.LocalEndPoint!.ToString()).Order(), seen.Select(one => one.Remote!.ToString()).Order());
        Assert.Equal(10, seen.DistinctBy(one => one.Id).Count());
        Assert.All(host.Loops.Loops, loop => Assert.True(loop.Watched >= 5, $"Loop {loop.Number} watches {loop.Watched}."));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Unbind_ConnectionsLive_TheyGoOnAndNewOnesAreRefused()
    {
        await using var host = await TransportHost.StartAsync(TransportHost.EchoAsync);
        using var old = await host.ConnectAsync();
        await old.SendAllAsync("a"u8.ToArray());
        await old.ReceiveExactlyAsync(1);
        await host.UnbindAsync();
        var refusal = await Assert.ThrowsAsync<SocketException>(() => host.ConnectAsync());
        Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
        await old.SendAllAsync("b"u8.ToArray());
        Assert.Equal("b"u8.ToArray(), await old.ReceiveExactlyAsync(1));
    }

    [Fact]
    public async Task Connections_ByThousands_LeaveNoDescriptorBehind()
    {
        var count = Campaign.Rounds(3_000, 100_000);
        await using var host = await TransportHost.StartAsync(TransportHost.EchoAsync);
        await UseAsync(host, 100);
        var before = Descriptors.Count();
        await Parallel.ForAsync(0, 8, async (_, _) => await UseAsync(host, count / 8));
        while (host.Loops.Loops.Sum(loop => loop.Watched) > host.Loops.Loops.Count + 1)
            await Task.Yield();
        Assert.InRange(Descriptors.Count(), 0, before + 4);
    }

    [Fact]
    public async Task Accept_NoDescriptorLeft_WaitsInsteadOfTryingForever()
    {
        var time = new ManualTime();
        var log = new CountingLoggers();
        await using var host = await TransportHost.StartAsync(TransportHost.EchoAsync, time: time, loggers: log);
        using (var first = await host.ConnectAsync())
        {
            await first.SendAllAsync("a"u8.ToArray());
            await first.ReceiveExactlyAsync(1);
        }

        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var fill = new List<FileStream>();
        var before = Descriptors.Limit((ulong)(Descriptors.Count() + 200));
        try
        {
            Exhaust(fill);

            // The kernel connects it; nobody can accept it.
            await client.ConnectAsync(host.EndPoint, TestContext.Current.CancellationToken);
            while (time.Set == 0)
                await Task.Yield();
            Assert.Equal(1, log.Errors);
            time.Fire();
            while (time.Set == 0)
                await Task.Yield();
            Assert.Equal(2, log.Errors);
        }
        finally
        {
            fill.ForEach(file => file.Dispose());
            Descriptors.Limit(before);
        }

        time.Fire();
        await client.SendAllAsync("b"u8.ToArray());
        Assert.Equal("b"u8.ToArray(), await client.ReceiveExactlyAsync(1));
        client.Dispose();
    }

    [Fact]
    public async Task Dispose_ConnectionNobodyTook_IsClosed()
    {
        using var group = new EventLoopGroup(TimeProvider.System, NullLoggerFactory.Instance, 1);
        var listener = await new EventLoopTransport(group, TimeProvider.System, NullLoggerFactory.Instance).BindAsync(new IPEndPoint(IPAddress.IPv6Loopback, 0), TestContext.Current.CancellationToken);
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.EndPoint, TestContext.Current.CancellationToken);
        while (group.Loops[0].Watched < 3)
            await Task.Yield();
        await listener.DisposeAsync();
        Assert.Null(await listener.AcceptAsync(TestContext.Current.CancellationToken));
        Assert.False(await client.EndsInOrderAsync());
    }

    [Fact]
    public async Task Group_DisposedWithConnections_BreaksThem()
    {
        var failure = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TransportHost.StartAsync(async connection =>
            failure.SetResult(await Record.ExceptionAsync(async () => await connection.Transport.Input.ReadAsync())));
        using var client = await host.ConnectAsync();
        while (host.Loops.Loops.Sum(loop => loop.Watched) < host.Loops.Loops.Count + 2)
            await Task.Yield();
        host.Loops.Dispose();
        Assert.IsType<ObjectDisposedException>(await failure.Task);
        Assert.False(await client.EndsInOrderAsync());
    }

    private static async Task UseAsync(TransportHost host, int times)
    {
        for (var n = 0; n < times; n++)
        {
            using var client = await host.ConnectAsync();
            await client.SendAllAsync("x"u8.ToArray());
            await client.ReceiveExactlyAsync(1);
            if (n % 3 == 0)
                client.Reset();
        }
    }

    private static void Exhaust(List<FileStream> fill)
    {
        try
        {
            while (true)
                fill.Add(new FileStream("/dev/null", FileMode.Open));
        }
        catch (IOException)
        {
            // That was the last.
        }
    }

    private sealed class CountingLoggers : ILoggerFactory, ILogger
    {
        private int errors;

        public int Errors => Volatile.Read(ref errors);

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error)
                Interlocked.Increment(ref errors);
        }

        public void Dispose()
        {
            // Nothing to give back.
        }
    }
}
