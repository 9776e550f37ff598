using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Fairlead.Domain.Predictions;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Predictions.Log;

/// <summary>
/// A segment that is being written, through a mapping of blocks that are allocated already: an append is a copy into the
/// kernel's page cache, which outlives this process. Appending is for one thread at a time; <see cref="Sync"/> and
/// <see cref="Seal"/> may run beside it and beside each other.
/// </summary>
internal sealed unsafe class OpenSegment
{
    private readonly SafeFileHandle file;
    private readonly Lock disk = new();
    private readonly Dictionary<CaptureContext, uint> contexts = new(ReferenceEqualityComparer.Instance);
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private byte* start;
    private bool folderSynced;
    private bool isTruncated;
    private CaptureContext? lastContext;
    private uint lastContextId;

    private OpenSegment(string path, SafeFileHandle file, long capacity)
    {
        Path = path;
        Capacity = capacity;
        this.file = file;
        map = MemoryMappedFile.CreateFromFile(file, mapName: null, capacity, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        view = map.CreateViewAccessor(0, capacity, MemoryMappedFileAccess.ReadWrite);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    public string Path { get; private set; }

    public long Capacity { get; }

    /// <summary>Bytes from the file's start to the end of its last record.</summary>
    public long Used { get; private set; }

    /// <summary>Predictions and outcomes.</summary>
    public long Records { get; private set; }

    /// <summary>Time stamp of the time provider when it took its first record.</summary>
    public long ActivatedAt { get; private set; }

    public bool IsSealed { get; private set; }

    /// <summary>Creates a file with all its blocks allocated, under a name that readers do not look at.</summary>
    /// <exception cref="IOException">The disk is full, or another error of the file system.</exception>
    public static OpenSegment Prepare(string folder, ulong id, long capacity)
    {
        Directory.CreateDirectory(folder);
        var path = System.IO.Path.Combine(folder, $"{id:x16}{SegmentName.SpareSuffix}");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            LibC.Allocate(file, capacity);
            return new OpenSegment(path, file, capacity);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Makes it a segment that readers see.</summary>
    public void Activate(string path, long timeMicroseconds, ulong id, long timestamp)
    {
        SegmentFormat.WriteHeader(new Span<byte>(start, SegmentFormat.HeaderSize), timeMicroseconds, id);
        File.Move(Path, path, overwrite: true);
        Path = path;
        Used = SegmentFormat.HeaderSize;
        ActivatedAt = timestamp;
    }

    /// <summary>True when payloads of that many bytes in frames fit before the seal.</summary>
    public bool Fits(long frames) => Used + frames + SegmentFormat.FrameSize(RecordCodec.SealSize) <= Capacity;

    public bool TryFindContext(CaptureContext context, out uint id)
    {
        id = lastContextId;
        if (ReferenceEquals(context, lastContext))
            return true;
        if (!contexts.TryGetValue(context, out id))
            return false;
        (lastContext, lastContextId) = (context, id);
        return true;
    }

    public uint AddContext(CaptureContext context, ReadOnlySpan<byte> json)
    {
        var id = (uint)contexts.Count;
        RecordCodec.WriteContext(Reserve(RecordCodec.ContextFixed + json.Length), id, json);
        Commit(RecordCodec.ContextFixed + json.Length, records: 0);
        contexts.Add(context, id);
        return id;
    }

    /// <summary>Where the next payload goes. It counts from <see cref="Commit"/> on.</summary>
    public Span<byte> Reserve(int payload) => new(start + Used + SegmentFormat.FrameHeaderSize, payload);

    public void Commit(int payload, int records = 1)
    {
        var frame = start + Used;
        ((uint*)frame)[1] = Crc32C.OfRecord(new ReadOnlySpan<byte>(frame + SegmentFormat.FrameHeaderSize, payload));

        // The length comes last and makes the record: whoever reads the file, also after the death of this process, sees all of it or none.
        Volatile.Write(ref *(uint*)frame, (uint)payload);
        Used += SegmentFormat.FrameSize(payload);
        Records += records;
    }

    /// <summary>Completes when every record that was appended before the call is on the disk.</summary>
    public void Sync()
    {
        lock (disk)
        {
            if (IsSealed)
                return;
            if (!OperatingSystem.IsLinux() && !isTruncated)
                view.Flush();
            LibC.SyncData(file);
            SyncFolderOnce();
        }
    }

    /// <summary>Ends the segment: nothing is appended after this call. It may be repeated when it throws.</summary>
    public void Seal(long timeMicroseconds)
    {
        lock (disk)
        {
            if (IsSealed)
                return;
            if (!isTruncated)
                Truncate(timeMicroseconds);
            LibC.SyncData(file);
            var path = SegmentName.SealedPath(Path);
            File.Move(Path, path, overwrite: true);
            Path = path;
            IsSealed = true;
            file.Dispose();
            LibC.SyncFolder(System.IO.Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Removes one that was prepared and never activated.</summary>
    public void Discard()
    {
        lock (disk)
        {
            Unmap();
            file.Dispose();
            File.Delete(Path);
        }
    }

    private void Truncate(long timeMicroseconds)
    {
        RecordCodec.WriteSeal(Reserve(RecordCodec.SealSize), Records, timeMicroseconds);
        Commit(RecordCodec.SealSize, records: 0);
        if (!OperatingSystem.IsLinux())
            view.Flush();
        Unmap();
        isTruncated = true;
        RandomAccess.SetLength(file, Used);
    }

    private void Unmap()
    {
        if (start == null)
            return;
        start = null;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
    }

    private void SyncFolderOnce()
    {
        if (folderSynced)
            return;
        LibC.SyncFolder(System.IO.Path.GetDirectoryName(Path)!);
        folderSynced = true;
    }
}
