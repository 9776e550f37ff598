using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Log;

/// <summary>
/// Which segment takes the next record, which is ready to follow it, and which are done and wait to be sealed.
/// Every member but <see cref="Gate"/> is for holders of the gate.
/// </summary>
internal sealed class SegmentRoll(SegmentWriterOptions options, TimeProvider time, ILogger logger)
{
    private readonly List<OpenSegment> retired = [];
    private readonly SemaphoreSlim work = new(0, 1);
    private OpenSegment? spare;
    private long retiredBytes;
    private long lastNameTime;
    private bool refused;

    public Lock Gate { get; } = new();

    /// <summary>Signalled when there is something to seal.</summary>
    public SemaphoreSlim Work => work;

    public OpenSegment? Current { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>Bytes written by this writer so far: rises with every record and never falls.</summary>
    public long Position => retiredBytes + (Current?.Used ?? 0);

    /// <summary>True when a segment should be prepared for the time when the present one is full.</summary>
    public bool WantsSpare => !IsClosed && spare is null && (Current is null || Current.Used > Current.Capacity / 2);

    /// <summary>Names of later segments sort after this.</summary>
    public void StartAfter(long nameTime) => lastNameTime = nameTime;

    /// <summary>A segment with room for that many bytes of frames, or null when the disk does not give one.</summary>
    public OpenSegment? MakeRoom(long frames)
    {
        if (IsClosed)
            return null;
        if (Current is { } current && current.Fits(frames))
            return current;
        if (TakeNext(frames) is not { } next)
            return null;
        Retire();
        Current = next;
        return next;
    }

    /// <summary>Ends the present segment, if there is one; it waits to be sealed.</summary>
    public void Retire()
    {
        if (Current is not { } current)
            return;
        retiredBytes += current.Used;
        retired.Add(current);
        Current = null;
        if (work.CurrentCount == 0)
            work.Release();
    }

    public void RetireWhenOlderThan(TimeSpan age)
    {
        if (Current is { } current && time.GetElapsedTime(current.ActivatedAt) >= age)
            Retire();
    }

    /// <summary>Those that wait to be sealed, oldest first.</summary>
    public IReadOnlyList<OpenSegment> Retired() => [.. retired];

    /// <summary>Those whose records may not be on the disk yet, oldest first.</summary>
    public IReadOnlyList<OpenSegment> Unsealed() => Current is { } current ? [.. retired, current] : Retired();

    public void Forget(OpenSegment segment) => retired.Remove(segment);

    public void GiveSpare(OpenSegment segment)
    {
        spare = segment;
        refused = false;
    }

    /// <summary>No segment can be had: records are lost at once, without asking the file system for each.</summary>
    public void Refuse() => refused = true;

    /// <summary>Ends all appending. The spare, if any, is for the caller to discard.</summary>
    public OpenSegment? Close()
    {
        IsClosed = true;
        Retire();
        return Interlocked.Exchange(ref spare, null);
    }

    public OpenSegment Prepare(long capacity) => OpenSegment.Prepare(options.Folder, NewId(), capacity);

    private OpenSegment? TakeNext(long frames)
    {
        var needed = SegmentFormat.HeaderSize + frames + SegmentFormat.FrameSize(RecordCodec.SealSize);
        try
        {
            var next = Interlocked.Exchange(ref spare, null);
            if (next is not null && next.Capacity < needed)
            {
                spare = next;
                next = null;
            }

            if (next is null && refused)
                return null;
            next ??= Prepare(Math.Max(options.SegmentBytes, needed));
            Activate(next);
            return next;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refused = spare is null;
            Log.SegmentRefused(logger, options.Folder, e.Message);
            return null;
        }
    }

    private void Activate(OpenSegment segment)
    {
        var now = Microseconds.Of(time.GetUtcNow());
        lastNameTime = Math.Max(now, lastNameTime + 1);
        var id = NewId();
        var path = Path.Combine(options.Folder, SegmentName.Of(lastNameTime, id) + SegmentName.OpenSuffix);
        try
        {
            segment.Activate(path, now, id, time.GetTimestamp());
        }
        catch
        {
            segment.Discard();
            throw;
        }
    }

    private static ulong NewId()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
