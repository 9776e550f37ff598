using System.Runtime.InteropServices;

namespace Fairlead.Roles;

/// <summary>How the C library keeps memory that was freed. By default a large block that is freed raises the size up to which blocks are kept, to 32 MB, and each thread's heap keeps its own.</summary>
internal static partial class NativeHeap
{
    private const int MmapThreshold = -3;
    private const int TrimThreshold = -1;
    private const int LargeBlock = 1024 * 1024;
    private const int MostKept = 8 * 1024 * 1024;

    /// <summary>
    /// Blocks of a megabyte and more go back to the system when they are freed, as do the ends of heaps beyond 8 MB: tensors of large requests, most of all. Only for a host: queries ask for such blocks again and
    /// again, and would pay for fresh pages each time.
    /// </summary>
    public static void ReturnLargeBlocks()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            SetOption(MmapThreshold, LargeBlock);
            SetOption(TrimThreshold, MostKept);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no such options, and keeps little.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
