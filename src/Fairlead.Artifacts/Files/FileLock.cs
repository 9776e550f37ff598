using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts.Files;

/// <summary>An exclusive lock on a file, between processes and within one. The kernel lets go of it when its process dies.</summary>
internal sealed class FileLock : IDisposable
{
    private const uint OwnerWritesAllRead = 0x1A4; // 0644
    private readonly SafeFileHandle file;

    private FileLock(SafeFileHandle file) => this.file = file;

    /// <summary>Waits for the lock; whoever holds it does so for milliseconds.</summary>
    public static FileLock Take(string path) => TryTake(path, 0)!;

    /// <summary>Null when somebody else holds it.</summary>
    public static FileLock? TryTake(string path) => TryTake(path, Posix.LockNonBlocking);

    public void Dispose() => file.Dispose();

    private static FileLock? TryTake(string path, int flags)
    {
        // Not the framework's way to open a file: that takes a shared lock of its own, which gets in the way of this one.
        var descriptor = Posix.Open(path, Posix.OpenReadWrite | Posix.OpenOrCreate | Posix.OpenCloseOnExec, OwnerWritesAllRead);
        if (descriptor < 0)
            throw Posix.LastFailure($"cannot open '{path}'");
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        while (Posix.Lock(file, Posix.LockExclusive | flags) != 0)
        {
            if (Marshal.GetLastPInvokeError() == Posix.InterruptedCall)
                continue;
            var failure = Posix.LastFailure($"cannot lock '{path}'");
            file.Dispose();
            return flags == Posix.LockNonBlocking ? null : throw failure;
        }

        return new FileLock(file);
    }
}
