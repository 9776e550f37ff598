using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Fairlead.Domain.Problems;

namespace Fairlead.Steps.Execution;

/// <summary>
/// A process in a session of its own, without standard input, whose output and error come through one pipe.
/// It stays unreaped until <see cref="Reap"/>, so that its id cannot be given to another process while its group is being ended.
/// </summary>
internal sealed unsafe class ChildProcess : IDisposable
{
    // Larger than the opaque structures of any C library that .NET runs on.
    private const int OpaqueSize = 1024;
    private const int ResourceUsageFields = 32;
    private readonly AnonymousPipeServerStream output;

    private ChildProcess(int id, AnonymousPipeServerStream output)
    {
        Id = id;
        this.output = output;
    }

    /// <summary>Also the id of its process group and session.</summary>
    public int Id { get; }

    public Stream Output => output;

    /// <summary>Completes when the process has ended; set by <see cref="StartHeldAsync"/>.</summary>
    public Task Exited { get; private set; } = Task.CompletedTask;

    /// <summary>
    /// Starts a process on a thread that stays until it has ended, and leaves it unreaped: what ends with its parent ends, on Linux, with the thread that
    /// started it.
    /// </summary>
    /// <exception cref="FairleadException">Failed when the system refuses to start it.</exception>
    public static Task<ChildProcess> StartHeldAsync(ProcessStart start)
    {
        var started = new TaskCompletionSource<ChildProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Hold(start, started)) { IsBackground = true, Name = "fairlead step" }.Start();
        return started.Task;
    }

    /// <exception cref="FairleadException">Failed when the system refuses to start it.</exception>
    public static ChildProcess Start(ProcessStart start)
    {
        var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        try
        {
            var id = Spawn(start, pipe.ClientSafePipeHandle);
            pipe.DisposeLocalCopyOfClientHandle();
            return new ChildProcess(id, pipe);
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
    }

    private static void Hold(ProcessStart start, TaskCompletionSource<ChildProcess> started)
    {
        ChildProcess process;
        try
        {
            if (start.Processors is { } count)
                ProcessorBinding.BindThread(count);
            process = Start(start);
        }
        catch (Exception e)
        {
            started.SetException(e);
            return;
        }

        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited = exited.Task;
        started.SetResult(process);
        try
        {
            process.WaitForExit();
            exited.SetResult();
        }
        catch (Win32Exception e)
        {
            exited.SetException(e);
        }
    }

    /// <summary>Blocks until the process has ended, and leaves it unreaped.</summary>
    public void WaitForExit()
    {
        var information = stackalloc byte[OpaqueSize];
        while (Libc.WaitId(Libc.WaitForPid, (uint)Id, information, Libc.WaitExited | Libc.WaitWithoutReaping) != 0)
            ThrowUnlessInterrupted("waitid");
    }

    /// <summary>Blocks until the process has ended, and lets the system forget it.</summary>
    public ProcessExit Reap()
    {
        var usage = stackalloc long[ResourceUsageFields];
        int status;
        while (Libc.Wait4(Id, out status, 0, usage) < 0)
            ThrowUnlessInterrupted("wait4");
        var signal = status & 0x7f;
        var seconds = usage[0] + (usage[1] / 1e6) + usage[2] + (usage[3] / 1e6);
        return new ProcessExit(signal == 0 ? (status >> 8) & 0xff : 128 + signal, signal == 0 ? null : signal, seconds, PeakMemory(usage[4] * Libc.ResidentUnit));
    }

    /// <summary>Linux counts the memory that a process shares with its parent until it begins its program, so that only a larger peak is its own.</summary>
    private static long? PeakMemory(long reported)
    {
        using var self = Process.GetCurrentProcess();
        return !OperatingSystem.IsLinux() || reported > self.PeakWorkingSet64 ? reported : null;
    }

    public void Dispose() => output.Dispose();

    private static void ThrowUnlessInterrupted(string call)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error != Libc.ErrorInterrupted)
            throw new Win32Exception(error, $"{call} failed: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static int Spawn(ProcessStart start, SafeHandle output)
    {
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        var signals = stackalloc byte[OpaqueSize];
        using var arguments = new NativeStrings(start.Command);
        using var environment = new NativeStrings([.. start.Environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        Check(Libc.ActionsInit(actions));
        Check(Libc.AttributesInit(attributes));
        try
        {
            Check(Libc.ActionsAddOpen(actions, 0, "/dev/null", 0, 0));
            Check(Libc.ActionsAddDuplicate(actions, output, 1));
            Check(Libc.ActionsAddDuplicate(actions, output, 2));
            // What this process inherited itself, such as the lock of a script that started it, must not live on in a step.
            if (Libc.HasCloseFrom)
                Check(Libc.ActionsAddCloseFrom(actions, 3));
            Check(Libc.ActionsAddFolder(actions, start.Folder));
            // The runtime ignores SIGPIPE and blocks others; a step must find every signal as a shell would leave it.
            Check(Libc.FillSignals(signals));
            Check(Libc.AttributesSetSignalDefaults(attributes, signals));
            Check(Libc.EmptySignals(signals));
            Check(Libc.AttributesSetSignalMask(attributes, signals));
            Check(Libc.AttributesSetFlags(attributes, (short)(Libc.SpawnSetSession | Libc.SpawnSetSignalDefaults | Libc.SpawnSetSignalMask)));
            var error = Libc.Spawn(out var pid, start.Command[0], actions, attributes, arguments.Pointer, environment.Pointer);
            return error == 0 ? pid : throw FairleadException.Failed($"'{start.Command[0]}' could not be started in '{start.Folder}': {Marshal.GetPInvokeErrorMessage(error)}.");
        }
        finally
        {
            _ = Libc.ActionsDestroy(actions);
            _ = Libc.AttributesDestroy(attributes);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }
}
