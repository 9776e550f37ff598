using Fairlead.Domain.Artifacts.Keeping;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>Counts what moves, and tells it a few times a second.</summary>
internal sealed class TransferCounter(string name, Action<TransferProgress>? tell, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private long bytes;
    private long totalBytes;
    private int blobs;
    private int totalBlobs;
    private long skipped;
    private long told;

    public void Expect(int count, long size)
    {
        lock (gate)
            (totalBlobs, totalBytes) = (totalBlobs + count, totalBytes + size);
    }

    public void Move(long count)
    {
        lock (gate)
        {
            bytes += count;
            Tell(always: false);
        }
    }

    public void Skip(long size)
    {
        lock (gate)
        {
            bytes += size;
            skipped += size;
        }
    }

    public void Finish()
    {
        lock (gate)
        {
            blobs++;
            Tell(always: false);
        }
    }

    /// <summary>Where it stands now.</summary>
    public TransferProgress End()
    {
        lock (gate)
            return Tell(always: true);
    }

    private TransferProgress Tell(bool always)
    {
        var now = new TransferProgress(name, bytes, totalBytes, blobs, totalBlobs, skipped);
        if (always || told == 0 || time.GetElapsedTime(told) >= Interval)
        {
            told = time.GetTimestamp();
            tell?.Invoke(now);
        }

        return now;
    }
}
