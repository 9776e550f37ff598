using System.ComponentModel;
using System.Diagnostics;
using Fairlead.Sandbox.Processes;

namespace Fairlead.Platforms.Local;

/// <summary>A process of this machine, by its id and the moment of its start, so that another process that got the same id later is not mistaken for it.</summary>
/// <param name="Id">The process id, above 0.</param>
/// <param name="StartTicks">Clock ticks between the machine's and the process's start (Linux: field 22 of /proc/ID/stat); its start time in 100 ns elsewhere.</param>
/// <remarks><c>default</c> names no process and is never alive. Signals need a POSIX system.</remarks>
public readonly record struct ProcessHandle(int Id, long StartTicks)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>It runs: exists, started at that moment, and is not merely waiting for its parent to notice its end.</summary>
    public bool IsAlive => Id > 0 && StartOf(Id) == StartTicks;

    /// <summary>The process that has the id now, or null when none is alive.</summary>
    public static ProcessHandle? Of(int id) => id > 0 && StartOf(id) is { } start ? new ProcessHandle(id, start) : null;

    /// <summary>Asks it to end (SIGTERM); false when it does not live.</summary>
    public bool Terminate() => Signal(NativeMethods.SigTerm);

    /// <summary>Ends it (SIGKILL); false when it does not live.</summary>
    public bool Kill() => Signal(NativeMethods.SigKill);

    /// <summary>Completes when it lives no more; works for any process, also of another parent.</summary>
    public async Task WaitForExitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        while (IsAlive)
            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks it to end, and ends it when it has not within the grace period.</summary>
    /// <returns>True when it ended by itself or was gone already, false when it had to be killed.</returns>
    public async Task<bool> StopAsync(TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        Terminate();
        using (var timeout = new CancellationTokenSource(grace, time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken))
        {
            try
            {
                await WaitForExitAsync(time, either.Token).ConfigureAwait(false);
                return true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                Kill();
            }
        }

        await WaitForExitAsync(time, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private bool Signal(int signal) => IsAlive && NativeMethods.Kill(Id, signal) == 0;

    private static long? StartOf(int id) => OperatingSystem.IsLinux() ? ProcessTable.Find(id)?.StartedAt : PortableStartOf(id);

    private static long? PortableStartOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
