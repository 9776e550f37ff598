using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution;

/// <summary>Runs one command to its end, with timeout, cancellation, log and no survivors.</summary>
internal sealed class ProcessRunner(TimeProvider time, ILogger logger)
{
    /// <summary>How long the pipe may stay open after every process that could be found is gone.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);

    public async Task<ExecutionResult> RunAsync(IReadOnlyList<string> command, StepExecution execution, CancellationToken cancellationToken)
    {
        var log = new StepLog(execution.Folder.LogPath, execution.LogLimit, execution.OnLine);
        var process = StartOrClose(command, execution, log);
        var exited = Task.Factory.StartNew(process.WaitForExit, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var drained = Task.Factory.StartNew(() => log.CopyFrom(process.Output), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var end = await WaitAsync(exited, execution.Step.Timeout, cancellationToken);
        await ProcessTree.EndAsync(process.Id, execution.Folder.Root, time);
        await exited;
        var exit = process.Reap();
        await DrainAsync(execution, process, log, drained);
        return new ExecutionResult(end, exit, log.LastLines);
    }

    private static ChildProcess StartOrClose(IReadOnlyList<string> command, StepExecution execution, StepLog log)
    {
        try
        {
            return ChildProcess.Start(new ProcessStart(command, execution.Environment, execution.Folder.Step));
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    private async Task<ExecutionEnd> WaitAsync(Task exited, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await exited.WaitAsync(timeout, time, cancellationToken);
            return ExecutionEnd.Exited;
        }
        catch (TimeoutException)
        {
            return ExecutionEnd.TimedOut;
        }
        catch (OperationCanceledException)
        {
            return ExecutionEnd.Cancelled;
        }
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
