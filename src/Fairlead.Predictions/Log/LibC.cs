using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Predictions.Log;

/// <summary>What the runtime does not offer: allocation that cannot fail later, fdatasync, and fsync of a folder.</summary>
internal static partial class LibC
{
    private const int Interrupted = 4;
    private const int ReadOnly = 0;

    /// <summary>Allocates the file's blocks, so that a full disk shows here and never as a signal at a write to the mapping.</summary>
    /// <exception cref="IOException">The disk is full, or another error of the file system.</exception>
    public static void Allocate(SafeFileHandle file, long length)
    {
        if (OperatingSystem.IsLinux() && TryAllocate(file, length))
            return;
        var zeros = new byte[Math.Min(length, 1 << 20)];
        for (var at = 0L; at < length; at += zeros.Length)
            RandomAccess.Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, length - at)), at);
    }

    /// <summary>Completes when the file's bytes are on the disk, also those written through a mapping.</summary>
    public static void SyncData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        while (DataSync(file) != 0)
            ThrowUnlessInterrupted();
    }

    /// <summary>Completes when the names in the folder are on the disk.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = Open(folder, ReadOnly);
        if (handle.IsInvalid)
            throw new IOException($"Cannot open the folder '{folder}': {Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());
        while (Sync(handle) != 0)
            ThrowUnlessInterrupted();
    }

    private static bool TryAllocate(SafeFileHandle file, long length)
    {
        const int NoSpace = 28, FileTooBig = 27, InputOutput = 5, QuotaExceeded = 122;
        int error;
        do
            error = PosixAllocate(file, 0, length);
        while (error == Interrupted);
        if (error is NoSpace or FileTooBig or InputOutput or QuotaExceeded)
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);

        // Whatever else is wrong (a file system that cannot allocate ahead) shows or not when zeros are written.
        return error == 0;
    }

    private static void ThrowUnlessInterrupted()
    {
        var error = Marshal.GetLastPInvokeError();
        if (error != Interrupted)
            throw new IOException($"Cannot flush to the disk: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int PosixAllocate(SafeFileHandle file, long offset, long length);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
