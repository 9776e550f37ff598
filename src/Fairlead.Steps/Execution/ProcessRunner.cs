using Fairlead.Domain.Projects;
using Fairlead.Steps.Execution.Limits;
using Fairlead.Steps.Execution.Sandboxes;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution;

/// <summary>Runs one command to its end, in its sandbox, with its limits, cancellation, log and no survivors.</summary>
internal sealed class ProcessRunner(ResourceLimiter limiter, TimeProvider time, ILogger logger)
{
    /// <summary>How long the pipe may stay open after every process that could be found is gone.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);

    public async Task<ExecutionResult> RunAsync(IReadOnlyList<string> command, StepExecution execution, CancellationToken cancellationToken)
    {
        var sandboxed = await execution.Sandbox.WrapAsync(command, execution, cancellationToken);
        using var limits = limiter.Open(execution);
        var log = new StepLog(execution.Folder.LogPath, execution.LogLimit, execution.OnLine);
        var process = await StartOrCloseAsync(limits.Apply(sandboxed.Start), log);
        var drained = Task.Factory.StartNew(() => log.CopyFrom(process.Output), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var end = await WaitAsync(process, limits, execution.Step.Timeout, cancellationToken);
        var container = await EndAsync(process, execution, sandboxed);
        await process.Exited;
        var exit = Account(process.Reap(), execution, limits);
        await DrainAsync(execution, process, log, drained);
        var breach = container is { IsOutOfMemory: true } && execution.Step.Resources.Memory is { } memory ? LimitBreach.Memory(memory) : limits.FindBreach(exit);
        return new ExecutionResult(end, exit, log.LastLines) { Breach = breach, Limits = limits.Mode };
    }

    private static async Task<ChildProcess> StartOrCloseAsync(ProcessStart start, StepLog log)
    {
        try
        {
            return await ChildProcess.StartHeldAsync(start);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    private async Task<ExecutionEnd> WaitAsync(ChildProcess process, StepLimits limits, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        var watched = limits.WatchAsync(process.Id, time, stop.Token);
        try
        {
            var first = await Task.WhenAny(process.Exited, watched).WaitAsync(timeout, time, cancellationToken);
            return first == watched && watched.IsCompletedSuccessfully ? ExecutionEnd.OverLimit : ExecutionEnd.Exited;
        }
        catch (TimeoutException)
        {
            return ExecutionEnd.TimedOut;
        }
        catch (OperationCanceledException)
        {
            return ExecutionEnd.Cancelled;
        }
        finally
        {
            await stop.CancelAsync();
            await watched.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ContainerEnd?> EndAsync(ChildProcess process, StepExecution execution, SandboxedCommand sandboxed)
    {
        if (sandboxed.End is { } end)
        {
            var ended = await end();
            await ProcessTree.EndAsync(process.Id, execution.Folder.Root, time);
            return ended;
        }

        if (!execution.Sandbox.EndsTogether)
            await ProcessTree.EndAsync(process.Id, execution.Folder.Root, time);
        else if (!process.Exited.IsCompleted)
            await ProcessTree.EndNamespaceAsync(process.Id, process.Exited, time);
        return null;
    }

    /// <summary>A sandbox passes on, as an exit code, the signal that ended the command; a group knows of all processes, the system only of those that were waited for.</summary>
    private static ProcessExit Account(ProcessExit exit, StepExecution execution, StepLimits limits)
    {
        if (execution.Plan.Kind != SandboxKind.None && exit is { Signal: null, Code: > 128 and <= 128 + Libc.LastSignal })
            exit = exit with { Signal = exit.Code - 128 };
        var used = limits.ReadUsage();
        // The first process is the engine's client, which says nothing of the container.
        if (execution.Plan.Kind == SandboxKind.Container)
            return exit with { CpuSeconds = used?.CpuSeconds, PeakMemoryBytes = used?.PeakMemoryBytes };
        return used is { } usage ? exit with { CpuSeconds = usage.CpuSeconds, PeakMemoryBytes = usage.PeakMemoryBytes ?? exit.PeakMemoryBytes } : exit;
    }

    /// <summary>A process that hid from every search may hold the pipe; it must not hold the step, so its reader is left behind.</summary>
    private async Task DrainAsync(StepExecution execution, ChildProcess process, StepLog log, Task drained)
    {
        try
        {
            await drained.WaitAsync(DrainPatience, time);
            process.Dispose();
            log.Dispose();
        }
        catch (TimeoutException)
        {
            Log.OutputStaysOpen(logger, execution.Step.Name, process.Id);
        }
    }
}
