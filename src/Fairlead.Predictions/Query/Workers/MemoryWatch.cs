using System.Collections.Concurrent;
using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>
/// Ends workers that have more memory resident than their session may. The ceiling that the system keeps is above it for all, and holds also where this looks too late.
/// Its thread waits for nobody: a machine that is short of everything is when it is needed.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentDictionary<QueryWorker, SafeFileHandle> watched = [];
    private readonly AutoResetEvent wake = new(false);
    private Thread? thread;
    private volatile bool disposed;

    /// <summary>Begins to look after a worker.</summary>
    public void Add(QueryWorker worker)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            watched[worker] = File.OpenHandle($"/proc/{worker.ProcessId}/statm");
        }
        catch (IOException)
        {
            // It has ended already.
            return;
        }

        lock (wake)
        {
            if (thread is null && !disposed)
            {
                thread = new Thread(Watch) { IsBackground = true, Name = "query memory" };
                thread.Start();
            }
        }

        wake.Set();
    }

    public void Remove(QueryWorker worker)
    {
        if (watched.TryRemove(worker, out var handle))
            handle.Dispose();
    }

    public void Dispose()
    {
        disposed = true;
        wake.Set();
        thread?.Join();
        wake.Dispose();
    }

    private void Watch()
    {
        while (!disposed)
        {
            foreach (var (worker, handle) in watched)
                Look(worker, handle);
            wake.WaitOne(watched.IsEmpty ? Timeout.InfiniteTimeSpan : Period);
        }
    }

    private static void Look(QueryWorker worker, SafeFileHandle handle)
    {
        try
        {
            // Pages: all, resident, shared, text, 0, data, 0.
            Span<byte> text = stackalloc byte[128];
            text = text[..RandomAccess.Read(handle, text, 0)];
            var resident = text[(text.IndexOf((byte)' ') + 1)..];
            if (Utf8Parser.TryParse(resident, out long pages, out _))
                worker.Saw(pages * Environment.SystemPageSize);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended.
        }
    }
}
