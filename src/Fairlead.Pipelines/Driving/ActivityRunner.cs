using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Activities;
using Microsoft.Extensions.Logging;

namespace Fairlead.Pipelines.Driving;

/// <summary>Carries out the activities of one execution: those that its state wants and no others.</summary>
/// <param name="lease">Nothing begins while it is not sure.</param>
/// <param name="finished">Told of each that ended; not of those that were cancelled.</param>
internal sealed class ActivityRunner(int number, ExecutionPlan plan, LeaseTerm lease, ActivityCatalog activities, Action<ExecutionEvent> finished, TimeProvider time, ILogger logger)
{
    private const string ActingVia = "pipeline";
    private readonly Dictionary<string, RunningActivity> running = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Begins what is wanted and does not run, and cancels what runs and is not wanted.</summary>
    /// <param name="wereBegun">True when the activities may have been begun by a control plane that is no more.</param>
    public void Reconcile(ExecutionState state, bool wereBegun)
    {
        var wanted = ExecutionActivities(state);
        lock (gate)
        {
            foreach (var one in running.Values.Where(one => wanted.TrueForAll(want => want.Activity.Key != one.State.Key)).ToList())
            {
                if (one.IsEnded)
                    Forget(one);
                else
                    one.Cancel();
            }

            foreach (var (stage, activity) in wanted.Where(want => !running.ContainsKey(want.Activity.Key)))
            {
                // Of one stage, never two at the same time: what is cancelled ends first.
                var before = Task.WhenAll(running.Values.Where(one => one.Stage == stage).Select(one => one.Task));
                var begun = new RunningActivity(stage, activity, time.GetTimestamp());
                running.Add(activity.Key, begun);
                begun.Task = Task.Run(() => RunAsync(begun, before, wereBegun), CancellationToken.None);
            }
        }
    }

    /// <summary>The activity that gave no sign of life for the longest time, if that is longer than allowed.</summary>
    public string? FindStalled(TimeSpan limit)
    {
        lock (gate)
        {
            var oldest = running.Values.Where(one => !one.IsEnded && time.GetElapsedTime(one.LastBeat) > limit).MinBy(one => one.LastBeat);
            return oldest is null ? null : $"stalled since {time.GetUtcNow() - time.GetElapsedTime(oldest.LastBeat):yyyy-MM-dd HH:mm:ss'Z'} in activity '{oldest.State.Name}' of stage '{oldest.Stage}'";
        }
    }

    /// <summary>Cancels everything and waits for it.</summary>
    public async Task StopAsync()
    {
        List<RunningActivity> all;
        lock (gate)
        {
            all = [.. running.Values];
            all.ForEach(one => one.Cancel());
        }

        await Task.WhenAll(all.Select(one => one.Task)).ConfigureAwait(false);
    }

    private static List<(string Stage, ActivityState Activity)> ExecutionActivities(ExecutionState state) => [.. Transitions.ExecutionMachine.Activities(state)];

    private async Task RunAsync(RunningActivity one, Task before, bool wasBegun)
    {
        await before.ConfigureAwait(false);
        ActivityOutcome? outcome = null;
        var (began, kind) = (time.GetTimestamp(), ActivityMetrics.Kind(one.State.Kind));
        ActivityMetrics.Active.Add(1, kind);
        try
        {
            outcome = await ExecuteAsync(one, wasBegun).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (one.Cancellation.IsCancellationRequested)
        {
            // Nobody waits for its end.
        }
        catch (FairleadException e)
        {
            outcome = ActivityOutcome.Failed(e.Message, e.Kind is not (ProblemKind.Invalid or ProblemKind.NotFound or ProblemKind.TooLarge or ProblemKind.Unauthenticated));
        }
        catch (Exception e)
        {
            Log.ActivityFailed(logger, e, one.State.Key);
            outcome = ActivityOutcome.Failed($"An unexpected failure: {e.Message}");
        }

        ActivityMetrics.Active.Add(-1, kind);
        ActivityMetrics.Duration.Record(time.GetElapsedTime(began).TotalSeconds, kind, ActivityMetrics.Result(outcome is null ? "cancelled" : outcome.Error is null ? "succeeded" : "failed"));
        lock (gate)
        {
            if (one.Cancellation.IsCancellationRequested)
            {
                Forget(one);
                return;
            }

            // Remembered until its end is recorded: until then the state still wants it, and it must not begin again.
            one.IsEnded = true;
        }

        if (outcome is not null)
        {
            finished(new ExecutionEvent(ExecutionEventKind.ActivityFinished, time.GetUtcNow())
            {
                Stage = one.Stage,
                Key = one.State.Key,
                Data = outcome.Output,
                Error = outcome.Error,
                IsRetryable = outcome.IsRetryable,
            });
        }
    }

    private void Forget(RunningActivity one)
    {
        running.Remove(one.State.Key);
        one.Dispose();
    }

    private async Task<ActivityOutcome> ExecuteAsync(RunningActivity one, bool wasBegun)
    {
        one.Cancellation.ThrowIfCancellationRequested();
        // What it changes is entered under who began the execution, not under whoever happened to wake it up.
        Acting.Begin(new ActingScope(new Principal { Name = plan.Cause.By, Kind = PrincipalKind.User }, ActingVia) { Cause = plan.Cause.Entry });
        if (activities.Find(one.State.Kind) is not { } activity)
            return ActivityOutcome.Failed($"This control plane cannot carry out '{one.State.Kind}'; use the program that the execution was begun with, or a newer one.", isRetryable: false);
        var cancellation = one.Cancellation;
        var call = new ActivityCall(number, plan, one.Stage, one.State.Key, one.State.Input, () => one.Beat(time.GetTimestamp()));
        if (wasBegun && activity.Repeat == ActivityRepeat.AskBefore && await activity.FindResultAsync(call, cancellation).ConfigureAwait(false) is { } earlier)
            return earlier;
        await lease.EnsureAsync(cancellation).ConfigureAwait(false);
        return await activity.RunAsync(call, cancellation).ConfigureAwait(false);
    }
}
