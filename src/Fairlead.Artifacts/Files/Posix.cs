using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts.Files;

/// <summary>The calls into libc that the framework does not offer.</summary>
internal static partial class Posix
{
    internal const int CurrentFolder = -100;
    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;
    internal const int OpenReadOnly = 0;
    internal const int OpenWriteOnly = 1;
    internal const int OpenReadWrite = 2;
    internal const int OpenNew = 0x80;
    internal const int OpenOrCreate = 0x40;
    internal const int OpenCloseOnExec = 0x80000;

    /// <summary>FICLONE: share the source's extents.</summary>
    internal const nuint CloneRequest = 0x40049409;

    /// <summary>SYNC_FILE_RANGE_WRITE: begin to write dirty pages, without waiting.</summary>
    internal const uint StartWriting = 2;

    /// <summary>STATX_BASIC_STATS.</summary>
    internal const uint BasicStats = 0x7ff;

    /// <summary>UTIME_NOW and UTIME_OMIT.</summary>
    internal const long TimeNow = (1L << 30) - 1;
    internal const long TimeAsIs = (1L << 30) - 2;

    /// <summary>Mode 0444.</summary>
    internal const uint AllRead = 0x124;

    internal const int NoEntry = 2;
    internal const int InterruptedCall = 4;
    internal const int InputOutputError = 5;
    internal const int NotAFolder = 20;
    internal const int FileTooBig = 27;
    internal const int NoSpace = 28;
    internal const int QuotaExceeded = 122;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Stat(int folder, string path, int flags, uint mask, out StatBuffer buffer);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags, uint mode = 0);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetTimes(int folder, string path, ReadOnlySpan<FileTime> times, int flags);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    internal static partial int FlushFileSystem(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Flush(int file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Flush(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint RealPath(string path, [Out] byte[] resolved);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(SafeFileHandle file, nuint request, SafeFileHandle argument);

    [LibraryImport("libc", EntryPoint = "copy_file_range", SetLastError = true)]
    internal static partial nint CopyRange(SafeFileHandle source, ref long sourceOffset, SafeFileHandle target, ref long targetOffset, nuint length, uint flags);

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    internal static partial int SyncRange(SafeFileHandle file, long offset, long length, uint flags);

    /// <summary>The last failure as the framework would have thrown it: an <see cref="IOException"/> whose HResult is the errno.</summary>
    internal static IOException LastFailure(string doing)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{doing}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>struct timespec of 64-bit platforms.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct FileTime(long Seconds, long Nanoseconds);

    /// <summary>struct statx: the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct StatBuffer
    {
        [FieldOffset(28)] internal ushort Mode;
        [FieldOffset(32)] internal ulong Inode;
        [FieldOffset(40)] internal ulong Size;
        [FieldOffset(64)] internal long ReadSeconds;
        [FieldOffset(72)] internal uint ReadNanoseconds;
        [FieldOffset(96)] internal long ChangedSeconds;
        [FieldOffset(104)] internal uint ChangedNanoseconds;
        [FieldOffset(112)] internal long ModifiedSeconds;
        [FieldOffset(120)] internal uint ModifiedNanoseconds;
        [FieldOffset(136)] internal uint DeviceMajor;
        [FieldOffset(140)] internal uint DeviceMinor;
    }
}
