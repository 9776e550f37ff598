using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;

namespace Fairlead.Predictions.Log;

/// <summary>
/// Reads one segment from its start, sealed or still being written by a live process, also when it is sealed or deleted meanwhile.
/// Not for several threads at once.
/// </summary>
public sealed class SegmentReader : IDisposable
{
    private readonly string path;
    private readonly bool isSealed;
    private readonly FrameReader frames;
    private readonly Dictionary<uint, CaptureContext> contexts = [];
    private FrameReader? again;
    private long records;
    private bool atSeal;

    private SegmentReader(string path, FrameReader frames)
    {
        this.path = path;
        this.frames = frames;
        isSealed = SegmentName.IsSealed(path);
    }

    /// <summary>Byte offset after the last record returned.</summary>
    public long Position => frames.Position;

    /// <summary>Where the last record returned begins, for <see cref="ReadAgain"/>.</summary>
    internal long RecordAt { get; private set; }

    /// <summary>Opens <c>*.flog</c> or <c>*.flog.open</c>; the latter also when it has just been sealed under its other name.</summary>
    /// <exception cref="FairleadException">NotFound when there is none; Damaged when it is no segment, or one of an unknown format.</exception>
    public static SegmentReader Open(string path)
    {
        var frames = OpenFrames(path) ?? (SegmentName.IsOpen(path) ? OpenFrames(path = SegmentName.SealedPath(path)) : null)
            ?? throw FairleadException.NotFound($"There is no log segment '{path}'; it may have been compacted, list the folder again.");
        if (frames.ReadHeader() is not { } problem)
            return new SegmentReader(path, frames);
        frames.Dispose();
        throw FairleadException.Damaged($"The file '{path}' {problem}.");
    }

    /// <summary>
    /// Reads the next record. False at the end, and at a record that is not finished in a segment that is still being written;
    /// a later call continues where this one stopped.
    /// </summary>
    /// <exception cref="FairleadException">Damaged, naming file and offset, when the bytes are not those that were written.</exception>
    public bool TryRead(out SegmentRecord record)
    {
        record = default;
        while (!atSeal)
        {
            var offset = frames.Position;
            var outcome = frames.TryRead(out var payload);
            if (outcome != FrameOutcome.Whole)
                return isSealed ? throw Damage(offset, outcome == FrameOutcome.Nothing ? "it ends before its seal" : "its checksum or length is wrong") : false;
            try
            {
                if (TryDecode(payload, out record))
                {
                    RecordAt = offset;
                    return true;
                }
            }
            catch (InvalidDataException e)
            {
                throw Damage(offset, e.Message);
            }
        }

        return false;
    }

    /// <summary>
    /// Reads a prediction once more, checked as the first time; where <see cref="TryRead"/> goes on does not change. Its spans are valid until the next call of this.
    /// </summary>
    /// <param name="offset">What <see cref="RecordAt"/> was.</param>
    /// <exception cref="FairleadException">Damaged: the bytes are no longer what they were.</exception>
    internal SegmentRecord ReadAgain(long offset)
    {
        again ??= frames.Share();
        again.MoveTo(offset);
        if (again.TryRead(out var payload) != FrameOutcome.Whole)
            throw Damage(offset, "it was whole when it was read before");
        return RecordCodec.ReadPrediction(payload, contexts);
    }

    public void Dispose()
    {
        again?.Dispose();
        frames.Dispose();
    }

    private static FrameReader? OpenFrames(string path)
    {
        try
        {
            return new FrameReader(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>False for what is no record to the outside: a context, the seal.</summary>
    private bool TryDecode(ReadOnlySpan<byte> payload, out SegmentRecord record)
    {
        record = default;
        switch (payload[0])
        {
            case RecordCodec.ContextKind:
                var (id, context) = RecordCodec.ReadContext(payload);
                contexts[id] = context;
                return false;
            case RecordCodec.SealKind:
                if (RecordCodec.ReadSeal(payload) != records)
                    throw new InvalidDataException($"Its seal does not name the {records} records before it.");
                atSeal = true;
                return false;
            case (byte)SegmentRecordKind.Prediction:
            case RecordCodec.ShadowKind:
                record = RecordCodec.ReadPrediction(payload, contexts);
                break;
            case (byte)SegmentRecordKind.Outcome:
                record = RecordCodec.ReadOutcome(payload);
                break;
            case (byte)SegmentRecordKind.KeyedOutcome:
                record = RecordCodec.ReadKeyedOutcome(payload);
                break;
            default:
                throw new InvalidDataException($"Its kind {payload[0]} is unknown.");
        }

        records++;
        return true;
    }

    private FairleadException Damage(long offset, string what) =>
        FairleadException.Damaged($"The log segment '{path}' is damaged at byte {offset}: {char.ToLowerInvariant(what[0])}{what[1..].TrimEnd('.')}; restore the file from a copy, or move it away to go on without its predictions.");
}
