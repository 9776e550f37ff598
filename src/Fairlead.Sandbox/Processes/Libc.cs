using System.Runtime.InteropServices;

namespace Fairlead.Sandbox.Processes;

/// <summary>
/// How files of <c>/proc</c> are read: the framework would lock each and ask for its length, for every process of the machine, and they are read
/// after each step that has no sandbox.
/// </summary>
internal static unsafe partial class Libc
{
    /// <summary>O_CLOEXEC: with nothing else, for reading.</summary>
    public const int CloseOnExec = 0x80000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    public static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
