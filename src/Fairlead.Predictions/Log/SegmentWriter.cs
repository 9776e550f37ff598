using System.Text.Json;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Log;

/// <summary>
/// The capture log: appends records to memory-mapped segments in one folder. A record survives the end of this process by
/// any signal as soon as an append returns, and a power cut as soon as <see cref="FlushAsync"/> completes.
/// For any number of threads; disposing seals what is open.
/// </summary>
public sealed class SegmentWriter : ICaptureLog, IDisposable, IAsyncDisposable
{
    private const string LockFile = "writer.lock";
    private readonly SegmentRoll roll;
    private readonly GroupFlush flushes;
    private readonly FileStream folderLock;
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;
    private long captured;
    private long lost;
    private bool isDisposed;

    private SegmentWriter(SegmentWriterOptions options, FileStream folderLock, TimeProvider time, ILogger logger)
    {
        this.folderLock = folderLock;
        var newest = new SegmentRecovery(options.Folder, time, logger).Run();
        roll = new SegmentRoll(options, time, logger);
        roll.StartAfter(newest);
        flushes = new GroupFlush(roll);
        Keeper = new SegmentKeeper(roll, options, time, logger);
        loop = Task.Run(() => Keeper.RunAsync(stop.Token));
    }

    public long Captured => Interlocked.Read(ref captured);

    public long Lost => Interlocked.Read(ref lost);

    internal SegmentKeeper Keeper { get; }

    /// <summary>Takes the folder, and seals what a writer that died has left open in it.</summary>
    /// <exception cref="FairleadException">Conflict when a live writer has the folder; Unavailable when the folder cannot be written.</exception>
    public static SegmentWriter Open(SegmentWriterOptions options, TimeProvider time, ILogger<SegmentWriter> logger)
    {
        options.Validate();
        FileStream? folderLock = null;
        try
        {
            Directory.CreateDirectory(options.Folder);
            folderLock = Lock(options.Folder);
            return new SegmentWriter(options, folderLock, time, logger);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folderLock?.Dispose();
            throw FairleadException.Unavailable($"The log folder '{options.Folder}' cannot be written: {e.Message}", e);
        }
    }

    public bool TryAppend(CaptureContext context, in CaptureEntry entry, out long position)
    {
        var size = RecordCodec.SizeOf(entry);
        lock (roll.Gate)
        {
            if (FindRoom(context, size, out var id) is { } segment)
            {
                RecordCodec.WritePrediction(segment.Reserve((int)size), id, entry);
                return Commit(segment, (int)size, out position);
            }
        }

        return Lose(out position);
    }

    /// <summary>Appends what turned out to be true for a prediction; as durable as a prediction's record.</summary>
    /// <param name="json">A UTF-8 JSON object.</param>
    /// <param name="posted">When it was posted, microseconds since 1970-01-01 UTC; 0 leaves it open.</param>
    /// <param name="position">What <see cref="FlushAsync"/> takes.</param>
    /// <returns>False when it could not be written (disk full); it is counted as lost.</returns>
    public bool TryAppendOutcome(PredictionId prediction, long timeMicroseconds, long posted, ReadOnlySpan<byte> json, out long position)
    {
        var size = RecordCodec.OutcomeFixed + (long)json.Length;
        lock (roll.Gate)
        {
            if (size <= SegmentFormat.MaxPayload && roll.MakeRoom(SegmentFormat.FrameSize(size)) is { } segment)
            {
                RecordCodec.WriteOutcome(segment.Reserve((int)size), prediction, timeMicroseconds, posted, json);
                return Commit(segment, (int)size, out position);
            }
        }

        return Lose(out position);
    }

    /// <summary>Appends what turned out to be true for a unit; as durable as a prediction's record.</summary>
    /// <param name="position">What <see cref="FlushAsync"/> takes.</param>
    /// <returns>False when it could not be written (disk full); it is counted as lost.</returns>
    public bool TryAppendKeyedOutcome(in KeyedOutcomeEntry entry, out long position)
    {
        var size = RecordCodec.SizeOf(entry);
        lock (roll.Gate)
        {
            if (size <= SegmentFormat.MaxPayload && roll.MakeRoom(SegmentFormat.FrameSize(size)) is { } segment)
            {
                RecordCodec.WriteKeyedOutcome(segment.Reserve((int)size), entry);
                return Commit(segment, (int)size, out position);
            }
        }

        return Lose(out position);
    }

    /// <exception cref="IOException">The disk failed: the records up to the position may not survive a power cut.</exception>
    public ValueTask FlushAsync(long position, CancellationToken cancellationToken) => flushes.FlushAsync(position, cancellationToken);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
            return;
        OpenSegment? spare;
        lock (roll.Gate)
            spare = roll.Close();
        await stop.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
        flushes.Dispose();
        spare?.Discard();

        // What cannot be sealed now is found and sealed at the next start.
        Keeper.SealRetired(CancellationToken.None);
        stop.Dispose();
        await folderLock.DisposeAsync().ConfigureAwait(false);
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(Path.Combine(folder, LockFile)))
        {
            throw new FairleadException(ProblemKind.Conflict, $"Another process writes the log folder '{folder}'; stop it first.", e);
        }
    }

    private OpenSegment? FindRoom(CaptureContext context, long size, out uint contextId)
    {
        contextId = 0;
        if (size > SegmentFormat.MaxPayload)
            return null;
        var frame = SegmentFormat.FrameSize(size);
        return roll.Current is { } current && current.Fits(frame) && current.TryFindContext(context, out contextId)
            ? current
            : FindRoomWithContext(context, frame, out contextId);
    }

    private OpenSegment? FindRoomWithContext(CaptureContext context, long frame, out uint contextId)
    {
        contextId = 0;
        var json = JsonSerializer.SerializeToUtf8Bytes(context, DomainJson.Default.CaptureContext);
        if (roll.MakeRoom(frame + SegmentFormat.FrameSize(RecordCodec.ContextFixed + json.Length)) is not { } segment)
            return null;
        if (!segment.TryFindContext(context, out contextId))
            contextId = segment.AddContext(context, json);
        return segment;
    }

    private bool Commit(OpenSegment segment, int size, out long position)
    {
        segment.Commit(size);
        captured++;
        position = roll.Position;
        return true;
    }

    private bool Lose(out long position)
    {
        Interlocked.Increment(ref lost);
        position = 0;
        return false;
    }
}
