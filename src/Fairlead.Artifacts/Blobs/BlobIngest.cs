using System.Buffers;
using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts.Blobs;

/// <summary>Turns files into blobs: hashed while read once, written only when the store lacks them.</summary>
internal sealed class BlobIngest(BlobFolder blobs, StatIndex stats, TempFolder temp)
{
    /// <summary>Up to this size a file is read whole: hashed before anything is written.</summary>
    internal const int SmallFile = 1 << 20;

    public IngestedFile Ingest(string path, CancellationToken cancellationToken)
    {
        var before = FileState.Of(path) ?? throw FairleadException.NotFound($"There is no file '{path}' to put into the store; check the path.");
        if (before.Kind != FileKind.Regular)
            throw FairleadException.Invalid($"'{path}' is no regular file, and only files can be stored; remove it or name a file.");
        if (stats.FindFile(path, before) is { } known && blobs.IsIntact(known, cancellationToken))
            return new IngestedFile(known, before.Size, before.Executable, null);

        var began = stats.Now();
        var (digest, staged) = Read(path, before.Size, cancellationToken);
        if (FileState.Of(path) is not { } after || !after.HasSameContentAs(before))
        {
            staged?.Dispose();
            throw Changed(path);
        }

        stats.RecordFile(path, before, digest, began);
        return new IngestedFile(digest, before.Size, before.Executable, staged);
    }

    /// <summary>Null when the store holds these bytes.</summary>
    public StagedBlob? Stage(ReadOnlyMemory<byte> content, Digest digest, CancellationToken cancellationToken) =>
        blobs.IsIntact(digest, cancellationToken) ? null : Write(content, digest);

    private (Digest Digest, StagedBlob? Staged) Read(string path, long size, CancellationToken cancellationToken)
    {
        try
        {
            using var source = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            if (size <= SmallFile)
                return ReadSmall(source, (int)size, cancellationToken);
            if (blobs.HasSize(size))
            {
                // Most likely the same bytes again: reading twice in the rare other case is cheaper than writing for nothing.
                var digest = FileHash.Of(source, cancellationToken);
                if (blobs.IsIntact(digest, cancellationToken))
                    return (digest, null);
            }

            var staged = DiskFull.Guard(temp.NewPath(), size, copy => Copy(source, copy, cancellationToken));
            return (staged.Digest, staged);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Changed(path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"The file '{path}' cannot be read: permission denied; give '{Environment.UserName}' the right to read it.", e);
        }
    }

    private static FairleadException Changed(string path, Exception? cause = null) =>
        new(ProblemKind.Conflict, $"The file '{path}' changed while it was read; wait until its writer is done and try again.", cause);

    private (Digest Digest, StagedBlob? Staged) ReadSmall(SafeFileHandle source, int size, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(size + 1);
        try
        {
            int length = 0, read;
            while (length < buffer.Length && (read = RandomAccess.Read(source, buffer.AsSpan(length), length)) > 0)
                length += read;
            var content = buffer.AsMemory(0, length);
            var digest = Digest.Of(content.Span);
            return (digest, Stage(content, digest, cancellationToken));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static StagedBlob Copy(SafeFileHandle source, string path, CancellationToken cancellationToken)
    {
        using var target = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite);
        var (digest, size) = CopyingHash.Copy(source, target, cancellationToken);
        return new StagedBlob(path, digest, size);
    }

    private StagedBlob Write(ReadOnlyMemory<byte> content, Digest digest) =>
        DiskFull.Guard(temp.NewPath(), content.Length, path =>
        {
            using var file = FileCopy.CreateReadOnly(path);
            RandomAccess.Write(file, content.Span, 0);
            return new StagedBlob(path, digest, content.Length, isReadOnly: OperatingSystem.IsLinux());
        });
}
