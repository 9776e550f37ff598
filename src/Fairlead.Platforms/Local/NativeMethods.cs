using System.Runtime.InteropServices;

namespace Fairlead.Platforms.Local;

internal static partial class NativeMethods
{
    public const int SigKill = 9;
    public const int SigTerm = 15;

    /// <returns>0, or -1 when there is no such process or it may not be signalled.</returns>
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int pid, int signal);
}
