using System.Runtime.InteropServices;

namespace Fairlead.Load.Pacing;

/// <summary>
/// Waits to within some ten microseconds. The runtime waits in whole milliseconds; the system's sleep is finer. Next to nothing is spent in a
/// loop: whoever loops takes the processor from a server on the same machine, which costs more precision than it gives.
/// </summary>
internal static partial class PreciseWait
{
    private const long Millisecond = 1_000_000;

    /// <summary>Falling asleep and waking takes about as long.</summary>
    private const long Shortest = 5_000;
    private const int SetTimerSlack = 29;
    private const int Spins = 20;

    /// <summary>Asks the system to wake this thread when it asked to be woken, and not when it is convenient.</summary>
    public static void SharpenThread()
    {
        if (OperatingSystem.IsLinux())
            _ = ProcessControl(SetTimerSlack, 1, 0, 0, 0);
    }

    /// <summary>Returns at the time, or when cancelled.</summary>
    public static void Until(RunClock clock, long at, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var left = at - clock.Now;
            if (left <= 0)
                return;
            if (left > 3 * Millisecond)
                cancellationToken.WaitHandle.WaitOne((int)Math.Min(left / Millisecond - 2, 1000));
            else if (left > Shortest && !OperatingSystem.IsWindows())
                Sleep(left - Shortest / 2);
            else
                Thread.SpinWait(Spins);
        }
    }

    private static void Sleep(long nanoseconds)
    {
        // Interrupted or not: the caller looks at the clock.
        var length = new TimeSpec(0, (nint)nanoseconds);
        _ = NanoSleep(length, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec length, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
