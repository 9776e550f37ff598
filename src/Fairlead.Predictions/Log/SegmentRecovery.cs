using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Log;

/// <summary>Seals what a writer that died left open. Only for the holder of the folder's lock.</summary>
internal sealed class SegmentRecovery(string folder, TimeProvider time, ILogger logger)
{
    /// <summary>Returns the time in the newest segment's name, 0 when there is none.</summary>
    public long Run()
    {
        foreach (var spare in Directory.EnumerateFiles(folder, "*" + SegmentName.SpareSuffix))
            File.Delete(spare);
        foreach (var open in Directory.GetFiles(folder, "*" + SegmentName.OpenSuffix).Order(StringComparer.Ordinal))
            Seal(open);
        return Directory.EnumerateFiles(folder).Where(SegmentName.IsSealed).Select(SegmentName.TimeOf).DefaultIfEmpty().Max();
    }

    private void Seal(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        using var frames = new FrameReader(file);
        if (frames.ReadHeader() is { } problem)
        {
            var aside = SegmentName.DamagedPath(path);
            File.Move(path, aside, overwrite: true);
            Log.SegmentSetAside(logger, aside, problem);
            return;
        }

        var (records, isSealed, last) = Count(frames);
        if (records == 0)
        {
            File.Delete(path);
            return;
        }

        var end = frames.Position;
        if (last == FrameOutcome.Torn)
            Log.TornTail(logger, path, end);
        if (!isSealed)
            end = AppendSeal(file, end, records);
        RandomAccess.SetLength(file, end);
        LibC.SyncData(file);
        File.Move(path, SegmentName.SealedPath(path), overwrite: true);
        LibC.SyncFolder(folder);
        Log.SegmentRecovered(logger, SegmentName.SealedPath(path), records, end);
    }

    private static (long Records, bool IsSealed, FrameOutcome Last) Count(FrameReader frames)
    {
        var records = 0L;
        while (true)
        {
            var outcome = frames.TryRead(out var payload);
            if (outcome != FrameOutcome.Whole)
                return (records, false, outcome);
            if (payload[0] == RecordCodec.SealKind)
                return (records, true, outcome);
            if (payload[0] != RecordCodec.ContextKind)
                records++;
        }
    }

    private long AppendSeal(Microsoft.Win32.SafeHandles.SafeFileHandle file, long end, long records)
    {
        Span<byte> frame = stackalloc byte[(int)SegmentFormat.FrameSize(RecordCodec.SealSize)];
        var payload = frame.Slice(SegmentFormat.FrameHeaderSize, RecordCodec.SealSize);
        RecordCodec.WriteSeal(payload, records, Microseconds.Of(time.GetUtcNow()));
        BitConverter.TryWriteBytes(frame, RecordCodec.SealSize);
        BitConverter.TryWriteBytes(frame[sizeof(uint)..], Crc32C.OfRecord(payload));
        RandomAccess.SetLength(file, end);
        RandomAccess.Write(file, frame, end);
        return end + frame.Length;
    }
}
