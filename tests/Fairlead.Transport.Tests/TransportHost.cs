using System.Net;
using System.Net.Sockets;
using Fairlead.Transport.Listening;
using Fairlead.Transport.Loops;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Transport.Tests;

/// <summary>A listener of one test's own, whose connections are all given to one handler.</summary>
internal sealed class TransportHost : IAsyncDisposable
{
    private readonly IConnectionListener listener;
    private readonly Func<ConnectionContext, Task> handler;
    private readonly List<Task> handlers = [];
    private readonly List<ConnectionContext> connections = [];
    private readonly Task accepting;

    private TransportHost(EventLoopGroup loops, IConnectionListener listener, Func<ConnectionContext, Task> handler)
    {
        Loops = loops;
        this.listener = listener;
        this.handler = handler;
        accepting = AcceptAsync();
    }

    public EventLoopGroup Loops { get; }

    public IPEndPoint EndPoint => (IPEndPoint)listener.EndPoint;

    public static async Task<TransportHost> StartAsync(Func<ConnectionContext, Task> handler, int loops = 2, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        var clock = time ?? TimeProvider.System;
        var factory = loggers ?? NullLoggerFactory.Instance;
        var group = new EventLoopGroup(clock, factory, loops);
        var transport = new EventLoopTransport(group, clock, factory);
        return new TransportHost(group, await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken), handler);
    }

    /// <summary>Gives back what comes, until the client ends.</summary>
    public static async Task EchoAsync(ConnectionContext connection)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        while (true)
        {
            var read = await input.ReadAsync();
            foreach (var segment in read.Buffer)
                await output.WriteAsync(segment);
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    /// <param name="room">What the client takes before it reads; null leaves that to the system.</param>
    public async Task<Socket> ConnectAsync(int? room = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (room is { } bytes)
            socket.ReceiveBufferSize = bytes;
        await socket.ConnectAsync(EndPoint, TestContext.Current.CancellationToken);
        return socket;
    }

    public ValueTask UnbindAsync() => listener.UnbindAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await listener.UnbindAsync();
        await accepting;
        Task[] all;
        lock (handlers)
            all = [.. handlers];

        // A test that failed has left its clients open.
        connections.ForEach(connection => connection.Abort(new ConnectionAbortedException("The test is over.")));
        await Task.WhenAll(all);
        await listener.DisposeAsync();
        Loops.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (await listener.AcceptAsync() is { } connection)
        {
            connections.Add(connection);
            lock (handlers)
                handlers.Add(Task.Run(() => RunAsync(connection)));
        }
    }

    private async Task RunAsync(ConnectionContext connection)
    {
        try
        {
            await handler(connection);
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            // The client has gone.
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }
}
