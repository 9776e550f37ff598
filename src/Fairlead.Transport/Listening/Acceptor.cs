using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Fairlead.Transport.Connections;
using Fairlead.Transport.Loops;
using Fairlead.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Fairlead.Transport.Listening;

/// <summary>Accepts the connections of one listening socket on one loop, and gives them to all loops in turn.</summary>
internal sealed class Acceptor : IWatcher
{
    /// <summary>Accepted in a row before other sockets of the loop have their turn.</summary>
    private const int MostInARow = 64;

    /// <summary>Room for the longest address that is accepted, of IPv6.</summary>
    private const int LongestAddress = 28;

    /// <summary>Before it is tried again when there are no descriptors left: connections that end meanwhile free some.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Channel<LoopConnection> accepted = Channel.CreateUnbounded<LoopConnection>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Socket socket;
    private readonly Descriptor descriptor;
    private readonly EventLoopGroup loops;
    private readonly EventLoop loop;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private ITimer? timer;
    private ulong token;
    private volatile bool isClosed;
    private bool isPausing;

    public Acceptor(Socket socket, EventLoopGroup loops, TimeProvider time, ILogger logger)
    {
        this.socket = socket;
        this.loops = loops;
        this.time = time;
        this.logger = logger;
        loop = loops.Next();
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;

        // Watched under the socket's own number, and closed by the socket.
        descriptor = Descriptor.Borrow((int)socket.SafeHandle.DangerousGetHandle());
    }

    public IPEndPoint EndPoint { get; }

    public ChannelReader<LoopConnection> Accepted => accepted.Reader;

    public void Start() => loop.Post(static self => ((Acceptor)self!).Begin(), this);

    /// <summary>Accepts no more from now on. Who was accepted stays.</summary>
    public void Stop()
    {
        Close();
        loop.Post(static self => ((Acceptor)self!).Forget(), this);
    }

    public void NoticeHangup()
    {
        // It has no peer.
    }

    public void OnEvents(uint events) => Accept();

    public void OnFailed(Exception reason) => PauseAccepting(reason);

    public void OnLost(Exception reason) => Close();

    private void Begin()
    {
        try
        {
            lock (gate)
            {
                if (!isClosed)
                    token = loop.Watch(descriptor, this);
            }
        }
        catch (SocketException e)
        {
            Log.ListenerLost(logger, EndPoint, e);
            Close();
        }
    }

    private void Accept()
    {
        for (var turn = 0; !isClosed && !isPausing; turn++)
        {
            if (turn == MostInARow)
            {
                loop.Post(static self => ((Acceptor)self!).Accept(), this);
                return;
            }

            var (error, connection) = AcceptOne();
            if (connection is not null)
                Give(connection);
            else if (error is Errno.TooManyFiles or Errno.TooManyFilesInSystem or Errno.NoBuffers or Errno.OutOfMemory)
                PauseAccepting(Errno.ToException(error));
            else if (error == Errno.TryAgain)
                return;
        }
    }

    /// <summary>A connection, or why there is none. One that broke before it was accepted is no reason to stop.</summary>
    private unsafe (int Error, LoopConnection? Connection) AcceptOne()
    {
        var address = stackalloc byte[LongestAddress];
        var length = LongestAddress;
        Descriptor client;
        lock (gate)
        {
            // A closed number may be another file's by now.
            if (isClosed)
                return (Errno.TryAgain, null);
            client = Libc.Accept(descriptor, address, &length, Libc.NonBlocking | Libc.CloseOnExec);
        }

        if (client.IsInvalid)
            return (Errno.Last, null);
        var buffer = new SocketAddress(EndPoint.AddressFamily, length);
        new ReadOnlySpan<byte>(address, length).CopyTo(buffer.Buffer.Span);
        return (0, new LoopConnection(loops.Next(), client, EndPoint, EndPoint.Create(buffer), logger));
    }

    private void Give(LoopConnection connection)
    {
        connection.Loop.Post(static self => ((LoopConnection)self!).Start(), connection);
        if (!accepted.Writer.TryWrite(connection))
            _ = LoopListener.RefuseAsync(connection);
    }

    private void PauseAccepting(Exception reason)
    {
        isPausing = true;
        Log.NoRoom(logger, EndPoint, reason.Message);
        timer ??= time.CreateTimer(
            static self => ((Acceptor)self!).loop.Post(static acceptor => ((Acceptor)acceptor!).Resume(), self), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    private void Resume()
    {
        isPausing = false;
        Accept();
    }

    private void Close()
    {
        lock (gate)
        {
            isClosed = true;
            socket.Dispose();
        }

        accepted.Writer.TryComplete();
    }

    private void Forget()
    {
        timer?.Dispose();
        loop.Unwatch(token);
    }
}
