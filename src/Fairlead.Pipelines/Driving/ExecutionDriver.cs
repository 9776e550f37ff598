using System.Threading.Channels;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Transitions;
using Microsoft.Extensions.Logging;

namespace Fairlead.Pipelines.Driving;

/// <summary>
/// Drives one execution for as long as it is open and leased to this process: takes what happened, applies it, records it, and only then begins what
/// the new state wants.
/// </summary>
internal sealed class ExecutionDriver
{
    private static readonly TimeSpan RecordPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromHours(12);

    private readonly Channel<DriverMessage> messages = Channel.CreateUnbounded<DriverMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource ending = new();
    private readonly ExecutionMachine machine;
    private readonly IExecutionCatalog catalog;
    private readonly ActivityRunner activities;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private readonly long fence;
    private string? named;
    private volatile Execution execution;
    private volatile TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ExecutionDriver(ExecutionLease lease, LeaseTerm term, ExecutionMachine machine, IExecutionCatalog catalog, ActivityCatalog activities, TimeProvider time, ILogger logger)
    {
        (this.machine, this.catalog, this.time, this.logger) = (machine, catalog, time, logger);
        (execution, fence, named) = (lease.Execution, lease.Fence, lease.Execution.Stalled);
        Term = term;
        this.activities = new ActivityRunner(execution.Number, execution.Plan, term, activities, happened => Tell(new DriverMessage(happened)), time, logger);
        timer = time.CreateTimer(_ => Tell(new DriverMessage(new ExecutionEvent(ExecutionEventKind.TimeReached, time.GetUtcNow()))), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>As it was recorded last.</summary>
    public Execution Execution => execution;

    public long Fence => fence;

    public LeaseTerm Term { get; }

    /// <summary>Completes with the next change, or when the driving ends.</summary>
    public Task Changed => changed.Task;

    public string? FindStalled(TimeSpan limit) => activities.FindStalled(limit);

    /// <summary>True when that is not what was said last; for the one round that asks.</summary>
    public bool TryName(string? stalled)
    {
        if (named == stalled)
            return false;
        named = stalled;
        return true;
    }

    public void Tell(DriverMessage message)
    {
        if (!messages.Writer.TryWrite(message))
            Leave(message);
    }

    /// <summary>Ends the driving, with nothing recorded: another process goes on, or this one after a restart.</summary>
    public void Abandon()
    {
        try
        {
            ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at the same moment.
        }
    }

    /// <summary>Drives until the execution has ended, or is abandoned, or somebody else drives it.</summary>
    /// <param name="wereBegun">True when its activities may have been begun by another process.</param>
    public async Task RunAsync(bool wereBegun)
    {
        try
        {
            activities.Reconcile(execution.State, wereBegun);
            while (!execution.State.IsEnded)
            {
                SetTimer();
                await messages.Reader.WaitToReadAsync(ending.Token).ConfigureAwait(false);
                await StepAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Abandoned.
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Conflict)
        {
            Log.LeaseLost(logger, execution.Number);
        }
        finally
        {
            await EndAsync().ConfigureAwait(false);
        }
    }

    private async Task EndAsync()
    {
        messages.Writer.TryComplete();
        await timer.DisposeAsync().ConfigureAwait(false);
        await activities.StopAsync().ConfigureAwait(false);
        while (messages.Reader.TryRead(out var message))
            Leave(message);

        changed.TrySetResult();
        ending.Dispose();
    }

    /// <summary>Everything that waits, in one write.</summary>
    private async Task StepAsync()
    {
        var events = new List<ExecutionEvent>();
        var accepted = new List<TaskCompletionSource<bool>>();
        var state = execution.State;
        try
        {
            while (!state.IsEnded && messages.Reader.TryRead(out var message))
            {
                if (message.Event is not { } happened)
                {
                    state = await AdmitAsync(state, events, message.Admission!).ConfigureAwait(false);
                    continue;
                }

                if (message.Accepted is { } waiting)
                {
                    if (machine.Refuse(execution.Number, execution.Plan, state, happened) is { } refusal)
                    {
                        waiting.TrySetException(FairleadException.Conflict(refusal));
                        continue;
                    }

                    accepted.Add(waiting);
                }

                var next = machine.Apply(execution.Number, execution.Plan, state, happened);
                if (ReferenceEquals(next, state))
                    continue;
                state = next;
                events.Add(happened);
            }

            if (events.Count > 0)
            {
                await RecordAsync(write => catalog.AppendAsync(write, ending.Token), events, state).ConfigureAwait(false);
                Accept(events, state);
            }

            accepted.ForEach(waiting => waiting.TrySetResult(true));
        }
        catch (Exception e)
        {
            accepted.ForEach(waiting => waiting.TrySetException(e is OperationCanceledException ? HandedOver() : e));
            throw;
        }
    }

    /// <summary>Takes the execution's turn when it has come; what waited to be recorded before it is recorded with it.</summary>
    private async Task<ExecutionState> AdmitAsync(ExecutionState state, List<ExecutionEvent> events, TaskCompletionSource<AdmissionResult> answer)
    {
        if (state.Status != ExecutionStatus.Queued || events.Count > 0)
        {
            // Something is to be recorded first; the next round of admissions comes soon.
            answer.TrySetResult(AdmissionResult.Waiting);
            return state;
        }

        var result = AdmissionResult.Waiting;
        var admitted = new ExecutionEvent(ExecutionEventKind.Admitted, time.GetUtcNow());
        var next = machine.Apply(execution.Number, execution.Plan, state, admitted);
        try
        {
            await RecordAsync(async write => result = await catalog.AdmitAsync(write, execution.Plan, ending.Token).ConfigureAwait(false), [admitted], next).ConfigureAwait(false);
        }
        finally
        {
            answer.TrySetResult(result);
        }

        switch (result)
        {
            case AdmissionResult.Admitted:
                Accept([admitted], next);
                return next;
            case AdmissionResult.Superseded:
                var superseded = new ExecutionEvent(ExecutionEventKind.CancelRequested, time.GetUtcNow()) { By = "fairlead", Reason = "a newer execution of the pipeline takes its place" };
                events.Add(superseded);
                return machine.Apply(execution.Number, execution.Plan, state, superseded);
            default:
                return state;
        }
    }

    /// <summary>Nothing begins before it is on the disk: a write that cannot be made now is made later.</summary>
    private async Task RecordAsync(Func<ExecutionWrite, Task> record, IReadOnlyList<ExecutionEvent> events, ExecutionState state)
    {
        var write = new ExecutionWrite(execution.Number, fence, execution.Version, events, ExecutionSummary.Of(execution.Number, execution.Plan, state), state);
        while (true)
        {
            try
            {
                await record(write).ConfigureAwait(false);
                return;
            }
            catch (FairleadException e) when (e.Kind is ProblemKind.Unavailable or ProblemKind.Busy or ProblemKind.Exhausted)
            {
                Log.NotRecorded(logger, e, execution.Number);
                await Task.Delay(RecordPause, time, ending.Token).ConfigureAwait(false);
            }
        }
    }

    private void Accept(IReadOnlyList<ExecutionEvent> events, ExecutionState state)
    {
        execution = execution with { Version = execution.Version + events.Count, State = state };
        activities.Reconcile(state, wereBegun: false);
        var waiters = changed;
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiters.TrySetResult();
    }

    private void SetTimer()
    {
        if (ExecutionMachine.NextTime(execution.State) is not { } due)
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var wait = due - time.GetUtcNow();
        // A millisecond more than until then, as timers count in whole ones.
        timer.Change(wait <= TimeSpan.Zero ? TimeSpan.Zero : wait > LongestTimer ? LongestTimer : wait + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    /// <summary>What nobody here looks at any more.</summary>
    private void Leave(DriverMessage message)
    {
        if (execution.State.IsEnded)
            message.Accepted?.TrySetResult(false);
        else
            message.Accepted?.TrySetException(HandedOver());
        message.Admission?.TrySetResult(AdmissionResult.Waiting);
    }

    private FairleadException HandedOver() =>
        FairleadException.Unavailable($"Execution {execution.Number} is being handed over; try again in a moment.");
}
