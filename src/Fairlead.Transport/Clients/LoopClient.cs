using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Fairlead.Transport.Loops;
using Fairlead.Transport.Sockets;

namespace Fairlead.Transport.Clients;

/// <summary>
/// A connection to another server on an event loop: one reception and one sending at a time, of any thread. What waits goes on on the loop's
/// thread, in the midst of its handling: who runs on that loop already never changes threads.
/// </summary>
public sealed class LoopClient : IWatcher, IValueTaskSource<int>, IValueTaskSource, IDisposable
{
    private readonly EventLoop loop;
    private readonly Descriptor socket;
    private readonly Lock gate = new();
    private ManualResetValueTaskSourceCore<int> received;
    private ManualResetValueTaskSourceCore<int> sent;
    private Memory<byte> room;
    private ReadOnlyMemory<byte> unsent;
    private ulong token;
    private bool isReceiving;
    private bool isSending;
    private bool isReadable;
    private bool isClosed;
    private volatile bool hasHangup;

    private LoopClient(EventLoop loop, Descriptor socket)
    {
        this.loop = loop;
        this.socket = socket;
    }

    /// <summary>The peer has closed or broken the connection, or sent something, as far as the loop has heard: it asks nobody.</summary>
    public bool IsQuiet => !hasHangup && !isReadable && !isClosed;

    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was connected.</exception>
    public static async ValueTask<LoopClient> ConnectAsync(EventLoop loop, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await loop.SwitchTo();
        var client = new LoopClient(loop, SocketCalls.Create(endPoint.AddressFamily));
        try
        {
            using var registration = cancellationToken.UnsafeRegister(static self => ((LoopClient)self!).Dispose(), client);
            await client.ConnectAsync(endPoint).ConfigureAwait(false);
            return client;
        }
        catch (Exception e)
        {
            client.Dispose();
            if (e is ObjectDisposedException)
                cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Completes with the number of bytes, at least one; with zero at the end of the stream.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed, also while it waited.</exception>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (isReceiving)
                throw new InvalidOperationException("It receives already.");
            room = buffer;
            if (isReadable && TryReceive(out var result))
                return result >= 0 ? new ValueTask<int>(result) : ValueTask.FromException<int>(Errno.ToException(-result));
            isReceiving = true;
            received.Reset();
            return new ValueTask<int>(this, received.Version);
        }
    }

    /// <summary>Completes when the kernel has taken all of it.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed, also while it waited.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (isSending)
                throw new InvalidOperationException("It sends already.");
            unsent = bytes;
            if (TrySend(out var error))
                return error == 0 ? ValueTask.CompletedTask : ValueTask.FromException(Errno.ToException(error));
            isSending = true;
            sent.Reset();
            return new ValueTask(this, sent.Version);
        }
    }

    /// <summary>Closes the connection; what waits on it fails, on the loop's thread.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isClosed)
                return;
            isClosed = true;
            socket.Dispose();
        }

        loop.Post(static self => ((LoopClient)self!).Finish(), this);
    }

    int IValueTaskSource<int>.GetResult(short token) => received.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => received.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        received.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.GetResult(short token) => sent.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => sent.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        sent.OnCompleted(continuation, state, token, flags);

    void IWatcher.NoticeHangup() => hasHangup = true;

    void IWatcher.OnEvents(uint events)
    {
        var (error, result) = (0, 0);
        bool isSent, isReceived;
        lock (gate)
        {
            if (isClosed)
                return;
            isReadable |= (events & (EpollEvents.Readable | EpollEvents.Ended)) != 0;
            isSent = isSending && TrySend(out error);
            isReceived = isReceiving && isReadable && TryReceive(out result);
            isSending &= !isSent;
            isReceiving &= !isReceived;
        }

        if (isSent)
            CompleteSending(error);
        if (isReceived)
            CompleteReceiving(result);
    }

    void IWatcher.OnFailed(Exception reason) => Dispose();

    void IWatcher.OnLost(Exception reason) => Dispose();

    private async ValueTask ConnectAsync(IPEndPoint endPoint)
    {
        var error = -SocketCalls.Connect(socket, endPoint);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            token = loop.Watch(socket, this);
        }

        if (error == Errno.InProgress)
        {
            // Nothing to send: it ends with the first news, and those say how the attempt ended.
            await WaitAsync().ConfigureAwait(false);
            error = SocketCalls.TakeError(socket);
        }

        if (error != 0)
            throw Errno.ToException(error);
    }

    private ValueTask WaitAsync()
    {
        lock (gate)
        {
            isSending = true;
            sent.Reset();
            return new ValueTask(this, sent.Version);
        }
    }

    /// <summary>Bytes, zero at the end, or minus the error number; false when there is nothing yet.</summary>
    private bool TryReceive(out int result)
    {
        result = SocketCalls.Receive(socket, room.Span);

        // Less than there was room for: nothing is left, and the next arrival is told as an event. The end of the stream may not be.
        isReadable = result == room.Length || (result >= 0 && hasHangup);
        return result != -Errno.TryAgain;
    }

    /// <summary>False when the kernel has no room for all of it yet.</summary>
    private bool TrySend(out int error)
    {
        error = 0;
        while (!unsent.IsEmpty)
        {
            var count = SocketCalls.Send(socket, unsent.Span);
            if (count == -Errno.TryAgain)
                return false;
            if (count < 0)
            {
                error = -count;
                return true;
            }

            unsent = unsent[count..];
        }

        return true;
    }

    private void CompleteReceiving(int result)
    {
        room = default;
        if (result >= 0)
            received.SetResult(result);
        else
            received.SetException(Errno.ToException(-result));
    }

    private void CompleteSending(int error)
    {
        if (error == 0)
            sent.SetResult(0);
        else
            sent.SetException(Errno.ToException(error));
    }

    private void Finish()
    {
        loop.Unwatch(token);
        bool wasSending, wasReceiving;
        lock (gate)
        {
            (wasSending, wasReceiving) = (isSending, isReceiving);
            (isSending, isReceiving) = (false, false);
        }

        if (wasSending)
            sent.SetException(new ObjectDisposedException(nameof(LoopClient)));
        if (wasReceiving)
            received.SetException(new ObjectDisposedException(nameof(LoopClient)));
    }
}
