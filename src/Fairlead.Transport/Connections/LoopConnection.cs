using System.IO.Pipelines;
using System.Net;
using Fairlead.Transport.Loops;
using Fairlead.Transport.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Fairlead.Transport.Connections;

/// <summary>
/// A client's connection on an event loop. It ends, as the server's own transport does, in order when the application has completed its
/// output and all of that is sent, and by a reset when it is aborted.
/// </summary>
internal sealed class LoopConnection : ConnectionContext, IWatcher, IEventLoopFeature, IConnectionIdFeature, IConnectionItemsFeature,
    IConnectionTransportFeature, IConnectionLifetimeFeature, IConnectionEndPointFeature, IMemoryPoolFeature
{
    private readonly Descriptor socket;
    private readonly ILogger logger;
    private readonly LoopInput input;
    private readonly LoopOutput output;
    private readonly CancellationTokenSource closed = new();
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDictionary<object, object?>? items;
    private Exception? reason;
    private ulong token;
    private int isClosed;

    // Its end on the loop, and the cancellation of the token that tells of its end.
    private int awaited = 2;

    public LoopConnection(EventLoop loop, Descriptor socket, EndPoint local, EndPoint remote, ILogger logger)
    {
        Loop = loop;
        this.socket = socket;
        this.logger = logger;
        ConnectionId = ConnectionIds.Next();
        LocalEndPoint = local;
        RemoteEndPoint = remote;
        ConnectionClosed = closed.Token;
        input = new LoopInput(loop, socket, OnInputBegun, OnInputEnded);
        output = new LoopOutput(loop, socket, Close);
        Transport = new LoopDuplexPipe(input.Reader, output);
        Features = ConnectionFeatures.Of(this);
    }

    public EventLoop Loop { get; }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; }

    public override IDictionary<object, object?> Items
    {
        get => items ??= new ConnectionItems();
        set => items = value;
    }

    public override IDuplexPipe Transport { get; set; }

    public System.Buffers.MemoryPool<byte> MemoryPool => Loop.Pool;

    /// <summary>Begins to receive. On the loop's thread.</summary>
    public void Start()
    {
        if (isClosed != 0)
            return;
        try
        {
            token = Loop.Watch(socket, this);
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            OnLost(e);
        }
    }

    public override void Abort(ConnectionAbortedException abortReason) => output.End(abortReason);

    public override async ValueTask DisposeAsync()
    {
        await input.Reader.CompleteAsync().ConfigureAwait(false);
        await output.CompleteAsync().ConfigureAwait(false);
        await done.Task.ConfigureAwait(false);
        output.Free();
        closed.Dispose();
    }

    public void NoticeHangup()
    {
        // The events themselves say so.
    }

    public void OnEvents(uint events)
    {
        if ((events & (EpollEvents.Writable | EpollEvents.Error | EpollEvents.Hangup)) != 0)
            output.OnWritable();
        if ((events & (EpollEvents.Readable | EpollEvents.Ended)) != 0)
            input.OnReadable((events & EpollEvents.Ended) != 0, (events & (EpollEvents.Error | EpollEvents.Hangup)) != 0);
    }

    public void OnFailed(Exception reason) => output.End(reason);

    public void OnLost(Exception reason) => output.End(reason);

    /// <summary>Nothing more will be sent. What waits on the connection is told on the loop's thread.</summary>
    private void Close(Exception? why)
    {
        if (Interlocked.Exchange(ref isClosed, 1) != 0)
            return;
        reason = why ?? new ConnectionAbortedException("All that was to be sent was sent, and the connection closed.");
        Log.Closing(logger, ConnectionId, why?.Message ?? "in order");
        try
        {
            // In order, only what goes wrong is told by a reset.
            if (why is null)
                _ = Libc.Shutdown(socket, Libc.ShutdownBoth);
            else
                SocketCalls.ResetOnClose(socket);
        }
        finally
        {
            socket.Dispose();
        }

        Loop.Post(static self => ((LoopConnection)self!).Finish(), this);
    }

    private void Finish()
    {
        Loop.Unwatch(token);
        input.End(reason);
        CountEnd();
    }

    /// <summary>HTTP/2 has many requests on one connection.</summary>
    private void OnInputBegun(ReadOnlySpan<byte> first)
    {
        if (first.StartsWith("PRI * HTTP/2"u8))
            output.Gather();
    }

    private void OnInputEnded(Exception? why)
    {
        if (isClosed == 0)
            Log.InputEnded(logger, ConnectionId, why?.Message ?? "in order");

        // What was registered with the token is somebody else's code, and may be slow.
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.CancelClosed(), this, preferLocal: false);
    }

    private void CancelClosed()
    {
        try
        {
            closed.Cancel();
        }
        catch (AggregateException e)
        {
            Log.CallbackFailed(logger, ConnectionId, e);
        }

        CountEnd();
    }

    private void CountEnd()
    {
        if (Interlocked.Decrement(ref awaited) == 0)
            done.TrySetResult();
    }
}
