using System.Runtime.InteropServices;

namespace Fairlead.Predictions.Compaction;

/// <summary>
/// Runs work that takes seconds of a processor on a thread of its own, which may give way to whoever answers requests. A database with one
/// thread works on its caller's, so that nothing of such work is left at the usual priority.
/// </summary>
internal static partial class CompactionThread
{
    /// <summary>
    /// So much is left to it beside threads that never rest: about a twentieth of one processor. With less, whoever needs the collector while the
    /// thread is in managed code would wait for its turn.
    /// </summary>
    public const int Niceness = 10;

    // Of which = 0 and who = 0 Linux makes the calling thread alone.
    private const int ThreadItself = 0;

    /// <param name="work">Runs to its end on a thread that ends with it.</param>
    /// <param name="givesWay">On Linux a thread cannot take its priority back.</param>
    public static Task<T> RunAsync<T>(Func<T> work, bool givesWay)
    {
        using var worker = new CompactionWorker();
        return worker.RunAsync(work, givesWay);
    }

    /// <summary>The calling thread gives way from now on. Where that is not to be had, the work is done all the same.</summary>
    public static void GiveWay()
    {
        if (!OperatingSystem.IsLinux())
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        else if (GetPriority(ThreadItself, ThreadItself) < Niceness)
            _ = SetPriority(ThreadItself, ThreadItself, Niceness);
    }

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, int who);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int niceness);
}
