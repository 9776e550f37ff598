using System.Collections.Concurrent;
using Fairlead.Transport.Memory;
using Fairlead.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Fairlead.Transport.Loops;

/// <summary>
/// One thread that waits for many sockets at once and handles whatever happens to them, one after the other. What runs on it must be short:
/// as long as it runs, every other connection of the loop waits.
/// </summary>
public sealed class EventLoop
{
    private const int MostEvents = 256;
    private const int OverflowSize = 64 * 1024;
    private const int Forever = -1;
    private static readonly TimeSpan LongIteration = TimeSpan.FromMilliseconds(10);

    /// <summary>A client that waits for its answer asks again within less; to fall asleep and be woken takes as long.</summary>
    private static readonly TimeSpan ShortPause = TimeSpan.FromMicroseconds(100);

    [ThreadStatic]
    private static EventLoop? current;
    private readonly Descriptor epoll;
    private readonly Descriptor wake;
    private readonly ConcurrentQueue<LoopWork> posted = new();
    private readonly WatchTable watchers = new();
    private readonly byte[] events = GC.AllocateUninitializedArray<byte>(MostEvents * EpollEvents.Size, pinned: true);
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Thread thread;
    private long longIterations;
    private long watched;
    private int isAwake = 1;
    private bool expectsMore;
    private volatile bool isEnding;
    private volatile bool hasEnded;

    internal EventLoop(int number, TimeProvider time, ILogger logger)
    {
        Number = number;
        this.time = time;
        this.logger = logger;
        Scheduler = new LoopScheduler(this);
        epoll = Libc.EpollCreate(Libc.CloseOnExec);
        if (epoll.IsInvalid)
            throw Errno.ToException(Errno.Last);
        wake = Libc.EventFd(0, Libc.CloseOnExec | Libc.NonBlocking);
        if (wake.IsInvalid)
            throw Errno.ToException(Errno.Last);
        Watch(wake, new WakeWatcher(), EpollEvents.Readable);
        thread = new Thread(Run) { IsBackground = true, Name = $"event loop {number}" };
        thread.UnsafeStart();
    }

    /// <summary>The loop whose thread this is; null on any other thread.</summary>
    public static EventLoop? Current => current;

    /// <summary>From 0, within its group.</summary>
    public int Number { get; }

    public bool IsCurrent => current == this;

    /// <summary>How often it took longer than 10 ms to handle what had happened: something that runs on it is too slow for it.</summary>
    public long LongIterations => Interlocked.Read(ref longIterations);

    /// <summary>Sockets that it waits for.</summary>
    public long Watched => Interlocked.Read(ref watched);

    internal SlabPool Pool { get; } = new();

    internal LoopScheduler Scheduler { get; }

    /// <summary>Room for what does not fit where it is received; for the loop's thread, until it receives again.</summary>
    internal byte[] Overflow { get; } = GC.AllocateUninitializedArray<byte>(OverflowSize, pinned: true);

    /// <summary>Runs it on the loop's thread, after what was posted before. On a loop that has ended it runs on the thread pool.</summary>
    public void Post(Action<object?> action, object? state)
    {
        posted.Enqueue(new LoopWork(action, state));
        if (Interlocked.Exchange(ref isAwake, 1) == 0)
            Wake();
        if (hasEnded)
            ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.RunPosted(), this, preferLocal: false);
    }

    /// <summary>Awaited, goes on on the loop's thread; at once when it is the current one.</summary>
    public LoopSwitch SwitchTo() => new(this);

    /// <summary>Tells the watcher what happens to the descriptor, from its present state on. On the loop's thread.</summary>
    /// <returns>For <see cref="Unwatch"/>.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The kernel watches no more.</exception>
    internal unsafe ulong Watch(Descriptor descriptor, IWatcher watcher, uint which = EpollEvents.Readable | EpollEvents.Writable | EpollEvents.PeerClosed)
    {
        var token = watchers.Add(watcher);
        var registration = stackalloc byte[16];
        *(uint*)registration = which | EpollEvents.OnceEach;
        *(ulong*)(registration + EpollEvents.TokenAt) = token;
        if (Libc.EpollControl(epoll, EpollEvents.Add, descriptor, registration) != 0)
        {
            watchers.Remove(token);
            throw Errno.ToException(Errno.Last);
        }

        Interlocked.Increment(ref watched);
        return token;
    }

    /// <summary>Tells its watcher no more. The descriptor is closed by then or soon. On the loop's thread.</summary>
    internal void Unwatch(ulong token)
    {
        if (watchers.Find(token) is null)
            return;
        watchers.Remove(token);
        Interlocked.Decrement(ref watched);
    }

    /// <summary>Ends the thread; whoever still watches is told.</summary>
    internal void End()
    {
        isEnding = true;
        Wake();
        if (!IsCurrent)
            thread.Join();
    }

    private unsafe void Wake()
    {
        var one = 1UL;
        try
        {
            _ = Libc.Write(wake, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // It has ended, and what was posted runs elsewhere.
        }
    }

    private void Run()
    {
        current = this;
        while (!isEnding)
            RunOnce();
        hasEnded = true;
        foreach (var watcher in watchers.All())
            Guard(watcher, static (lost, _) => lost.OnLost(new ObjectDisposedException(nameof(EventLoop))), 0);
        RunPosted();
        current = null;
        epoll.Dispose();
        wake.Dispose();
        Pool.Dispose();
    }

    private void RunOnce()
    {
        var count = Wait(0);
        if (count == 0 && posted.IsEmpty)
            count = WaitForMore();
        var began = time.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            if ((EventsAt(i, out var token) & EpollEvents.Ended) != 0)
                watchers.Find(token)?.NoticeHangup();
        }

        for (var i = 0; i < count; i++)
        {
            var what = EventsAt(i, out var token);
            if (watchers.Find(token) is { } watcher)
                Guard(watcher, static (told, events) => told.OnEvents(events), what);
        }

        RunPosted();
        if (time.GetElapsedTime(began) > LongIteration)
            Interlocked.Increment(ref longIterations);
    }

    /// <summary>Looks again for a moment when the last pause was a short one, and lets other threads run between looks; then sleeps.</summary>
    private int WaitForMore()
    {
        var began = time.GetTimestamp();
        while (expectsMore)
        {
            _ = Libc.Yield();
            var found = Wait(0);
            if (found > 0 || !posted.IsEmpty)
                return found;
            expectsMore = time.GetElapsedTime(began) < ShortPause;
        }

        // Announced before the last look: who posts after that look sees it, and wakes the loop.
        Interlocked.Exchange(ref isAwake, 0);
        var count = Wait(posted.IsEmpty ? Forever : 0);
        Volatile.Write(ref isAwake, 1);
        expectsMore = time.GetElapsedTime(began) < ShortPause;
        return count;
    }

    private unsafe int Wait(int milliseconds)
    {
        fixed (byte* start = events)
        {
            var count = Libc.EpollWait(epoll, start, MostEvents, milliseconds);
            return Math.Max(0, count);
        }
    }

    private uint EventsAt(int index, out ulong token)
    {
        var place = events.AsSpan(index * EpollEvents.Size, EpollEvents.Size);
        token = BitConverter.ToUInt64(place[EpollEvents.TokenAt..]);
        return BitConverter.ToUInt32(place);
    }

    /// <summary>What was posted until now; what that posts comes after the next look at the sockets.</summary>
    private void RunPosted()
    {
        if (posted.IsEmpty)
            return;
        for (var left = posted.Count; left > 0 && posted.TryDequeue(out var work); left--)
        {
            try
            {
                work.Action(work.State);
            }
            catch (Exception e)
            {
                Log.HandlerFailed(logger, Number, e);
            }
        }
    }

    /// <summary>One handler that fails costs its own connection, not those of the others.</summary>
    private void Guard(IWatcher watcher, Action<IWatcher, uint> tell, uint what)
    {
        try
        {
            tell(watcher, what);
        }
        catch (Exception e)
        {
            Log.HandlerFailed(logger, Number, e);
            watcher.OnFailed(e);
        }
    }
}
