using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts.Files;

/// <summary>Copies content the cheapest way that the file systems allow: shared extents, in the kernel, or through a buffer.</summary>
internal static class FileCopy
{
    private const int ChunkSize = 8 << 20;

    /// <summary>Makes the target share the source's extents. False where the file system cannot.</summary>
    public static bool TryClone(SafeFileHandle source, SafeFileHandle target) =>
        OperatingSystem.IsLinux() && Posix.Control(target, Posix.CloneRequest, source) == 0;

    /// <summary>Waits until the content is on the disk; the handle may be one that only reads.</summary>
    public static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (Posix.Flush(file) != 0)
            throw Posix.LastFailure("cannot flush");
    }

    /// <summary>Makes an empty file at a free path that nobody may write to but who made it, though its handle can.</summary>
    public static SafeFileHandle CreateReadOnly(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var descriptor = Posix.Open(path, Posix.OpenWriteOnly | Posix.OpenOrCreate | Posix.OpenNew | Posix.OpenCloseOnExec, Posix.AllRead);
        if (descriptor < 0)
            throw Posix.LastFailure($"cannot create '{path}'");
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        // Whatever the mask of the process takes away from new files.
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return file;
    }

    /// <summary>Copies from the start until the source ends.</summary>
    /// <param name="copied">Told the length of each chunk once it is in the target.</param>
    /// <returns>Bytes copied.</returns>
    public static long Copy(SafeFileHandle source, SafeFileHandle target, Action<int> copied, CancellationToken cancellationToken)
    {
        var total = 0L;
        var inKernel = OperatingSystem.IsLinux();
        byte[]? buffer = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = inKernel ? CopyInKernel(source, target, total) : -1;
            if (length < 0)
            {
                inKernel = false;
                buffer ??= GC.AllocateUninitializedArray<byte>(1 << 20);
                length = RandomAccess.Read(source, buffer, total);
                RandomAccess.Write(target, buffer.AsSpan(0, length), total);
            }

            if (length == 0)
                return total;
            // The disk starts now, so that the flush at the end finds little left. A hint: its failure means nothing.
            if (OperatingSystem.IsLinux())
                _ = Posix.SyncRange(target, total, length, Posix.StartWriting);
            total += length;
            copied(length);
        }
    }

    /// <summary>Bytes copied, 0 at the end, -1 when the kernel cannot copy between these two.</summary>
    private static int CopyInKernel(SafeFileHandle source, SafeFileHandle target, long offset)
    {
        long from = offset, to = offset;
        nint length;
        do
            length = Posix.CopyRange(source, ref from, target, ref to, ChunkSize, 0);
        while (length < 0 && Marshal.GetLastPInvokeError() == Posix.InterruptedCall);

        var error = length < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (error is Posix.NoSpace or Posix.QuotaExceeded or Posix.FileTooBig or Posix.InputOutputError)
            throw Posix.LastFailure("cannot copy");
        return (int)length;
    }
}
