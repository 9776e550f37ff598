using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Serving.States;

/// <summary>fsync of a folder, which the runtime does not offer: makes a rename in it survive a power cut.</summary>
internal static partial class FolderSync
{
    public static void Run(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = Open(folder, flags: 0);
        if (handle.IsInvalid || Sync(handle) != 0)
            throw new IOException($"Cannot flush the folder '{folder}': {Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);
}
