using System.Diagnostics;

namespace Fairlead.Sandbox;

/// <summary>
/// Starts a process on a thread that stays until it has ended: what is to end with its parent is ended by Linux when the thread that started it ends,
/// and threads of a pool do so whenever there is little work.
/// </summary>
public static class HeldProcess
{
    /// <exception cref="System.ComponentModel.Win32Exception">The system does not start it.</exception>
    public static async Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Hold(start, started)) { IsBackground = true, Name = "fairlead process" }.Start();
        return await started.Task.ConfigureAwait(false);
    }

    private static void Hold(ProcessStartInfo start, TaskCompletionSource<Process> started)
    {
        Process process;
        try
        {
            process = Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
        }
        catch (Exception e)
        {
            started.SetException(e);
            return;
        }

        // Its own handle: the other is disposed of by whoever asked for the process.
        using var held = Watch(process.Id);
        started.SetResult(process);
        held?.WaitForExit();
    }

    private static Process? Watch(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            // It has ended already.
            return null;
        }
    }
}
