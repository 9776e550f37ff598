using System.IO.Pipelines;
using Fairlead.Transport.Loops;
using Fairlead.Transport.Sockets;

namespace Fairlead.Transport.Connections;

/// <summary>
/// What a connection receives, all of it on the loop's thread: into a pipe whose reader goes on within the flush. When the reader is slow
/// the kernel's buffer fills, and the peer has to wait.
/// </summary>
/// <param name="onBegin">Called once with the first bytes, before the reader gets them.</param>
/// <param name="onEnd">Called once when nothing more will be received: with null when the peer has said all it will, else with the reason.</param>
internal sealed class LoopInput(EventLoop loop, Descriptor socket, Action<ReadOnlySpan<byte>> onBegin, Action<Exception?> onEnd)
{
    private const int PauseAt = 1024 * 1024;

    /// <summary>Receptions in a row before other connections have their turn.</summary>
    private const int MostInARow = 16;

    private readonly Pipe pipe = new(new PipeOptions(
        loop.Pool, PipeScheduler.Inline, loop.Scheduler, PauseAt, PauseAt / 2, minimumSegmentSize: Memory.SlabPool.BlockSize, useSynchronizationContext: false));
    private bool isPaused;
    private bool isOver;
    private bool isReadable;
    private bool hasHangup;
    private bool hasBegun;

    public PipeReader Reader => pipe.Reader;

    /// <param name="isEnding">The peer will send no more than what is there.</param>
    /// <param name="isBroken">Nor will it take anything: the reader need not get to the end to know.</param>
    public void OnReadable(bool isEnding, bool isBroken)
    {
        isReadable = true;
        hasHangup |= isEnding;
        if (!isPaused)
            Receive();
        else if (isBroken && !isOver)
            End(Errno.ToConnectionException(Errno.ConnectionReset));
    }

    /// <summary>Ends it: the reader gets what is there, then the reason.</summary>
    public void End(Exception? reason)
    {
        if (isOver)
            return;
        isOver = true;
        pipe.Writer.Complete(reason);
        onEnd(reason);
    }

    private void Receive()
    {
        for (var turn = 0; isReadable && !isOver; turn++)
        {
            if (turn == MostInARow)
            {
                isPaused = true;
                loop.Post(static self => ((LoopInput)self!).Resume(), this);
                return;
            }

            var room = pipe.Writer.GetSpan();
            var received = TryReceive(room);
            if (received <= 0)
            {
                isReadable = false;
                if (received == 0)
                    End(null);
                else if (received != -Errno.TryAgain)
                    End(Errno.ToConnectionException(-received));
                return;
            }

            // Less than there was room for: nothing is left, and the next arrival is told as an event. The end of the stream may not be.
            isReadable = hasHangup || received == room.Length + loop.Overflow.Length;
            if (!Hand(received, room.Length))
                return;
        }
    }

    private int TryReceive(Span<byte> room)
    {
        try
        {
            return SocketCalls.Receive(socket, room, loop.Overflow);
        }
        catch (ObjectDisposedException)
        {
            // Closed by another thread just now; the loop will be told.
            return -Errno.TryAgain;
        }
    }

    /// <summary>False when the reader is behind, or will never read again.</summary>
    private bool Hand(int received, int room)
    {
        if (!hasBegun)
        {
            hasBegun = true;
            onBegin(pipe.Writer.GetSpan()[..Math.Min(received, room)]);
        }

        pipe.Writer.Advance(Math.Min(received, room));
        if (received > room)
            Write(loop.Overflow.AsSpan(0, received - room));
        var flush = pipe.Writer.FlushAsync();
        if (!flush.IsCompleted)
        {
            isPaused = true;
            _ = AwaitReaderAsync(flush);
            return false;
        }

        if (!flush.Result.IsCompleted)
            return true;
        End(null);
        return false;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = pipe.Writer.GetSpan();
            var part = bytes[..Math.Min(bytes.Length, room.Length)];
            part.CopyTo(room);
            pipe.Writer.Advance(part.Length);
            bytes = bytes[part.Length..];
        }
    }

    private async Task AwaitReaderAsync(ValueTask<FlushResult> flush)
    {
        // Goes on on the loop's thread: that is where this pipe schedules its writer.
        var result = await flush.ConfigureAwait(false);
        if (result.IsCompleted)
            End(null);
        else
            Resume();
    }

    private void Resume()
    {
        isPaused = false;
        Receive();
    }
}
