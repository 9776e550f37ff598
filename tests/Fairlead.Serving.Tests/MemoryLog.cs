using System.Collections.Concurrent;
using System.Text;
using Fairlead.Domain.Predictions;

namespace Fairlead.Serving.Tests;

/// <summary>A capture log that keeps its records where a test can look at them.</summary>
internal sealed class MemoryLog : ICaptureLog
{
    private long lost;

    public ConcurrentQueue<CapturedRecord> Records { get; } = new();

    /// <summary>As when the disk is full.</summary>
    public bool Refuses { get; set; }

    /// <summary>What a flush waits for.</summary>
    public Func<Task> Flush { get; set; } = () => Task.CompletedTask;

    public long Captured => Records.Count;

    public long Lost => Interlocked.Read(ref lost);

    /// <summary>Waits until there are as many records as that.</summary>
    public async Task<IReadOnlyList<CapturedRecord>> WaitAsync(int count)
    {
        while (Records.Count < count)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        return [.. Records];
    }

    public CapturedRecord Single() => Assert.Single(Records);

    public bool TryAppend(CaptureContext context, in CaptureEntry entry, out long position)
    {
        position = 0;
        if (Refuses)
        {
            Interlocked.Increment(ref lost);
            return false;
        }

        Records.Enqueue(new CapturedRecord(
            context,
            entry.Id,
            entry.TimeMicroseconds,
            entry.LatencyMicroseconds,
            entry.Status,
            entry.Rows,
            Encoding.UTF8.GetString(entry.Unit),
            Encoding.UTF8.GetString(entry.RequestId),
            Convert.ToHexStringLower(entry.TraceId),
            Encoding.UTF8.GetString(entry.Error),
            entry.Inputs.ToArray(),
            entry.Outputs.ToArray(),
            entry.Role,
            entry.ShadowOf,
            entry.Route,
            entry.Omitted));
        position = Records.Count;
        return true;
    }

    public ValueTask FlushAsync(long position, CancellationToken cancellationToken) => new(Flush());
}
