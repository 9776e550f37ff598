using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Judgments;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Transitions;

/// <summary>
/// The transition function of executions: from a state and an event to the next state, in which stands which activities run and which times are waited
/// for. It is pure: the same state and event give the same state, in whichever process. An event that does not apply (any more) changes nothing.
/// </summary>
public sealed class ExecutionMachine(StageCatalog stages)
{
    /// <summary>The first event and state of an execution: it waits for its turn.</summary>
    public static (ExecutionEvent Event, ExecutionState State) Create(ExecutionPlan plan) => (
        new ExecutionEvent(ExecutionEventKind.Created, plan.CreatedAt) { By = plan.Cause.By },
        new ExecutionState { Status = ExecutionStatus.Queued, Stages = [.. plan.Stages.Select(stage => new StageState(stage.Name))], At = plan.CreatedAt });

    /// <param name="number">Of the execution.</param>
    public ExecutionState Apply(int number, ExecutionPlan plan, ExecutionState state, ExecutionEvent happened)
    {
        if (Refuse(number, plan, state, happened) is not null)
            return state;
        var draft = new Draft(number, plan, state, happened.At, stages);
        switch (happened.Kind)
        {
            case ExecutionEventKind.Admitted:
                draft.Change(now => now with { Status = ExecutionStatus.Running, StartedAt = now.StartedAt ?? now.At });
                break;
            case ExecutionEventKind.ActivityFinished:
                FinishActivity(draft, happened);
                break;
            case ExecutionEventKind.Signalled:
                var index = draft.IndexOf(happened.Stage);
                draft[index] = draft[index] with { Signals = [.. draft[index].Signals, new StageSignal(happened.Signal!, draft.Now, happened.By ?? "", happened.Data ?? StageData.Nothing)] };
                break;
            case ExecutionEventKind.Paused or ExecutionEventKind.Resumed:
                draft.Change(now => now with { IsPaused = happened.Kind == ExecutionEventKind.Paused });
                break;
            case ExecutionEventKind.CancelRequested:
                Requests.Cancel(draft, happened);
                break;
            case ExecutionEventKind.RestartRequested:
                Requests.Restart(draft, happened.Stage!);
                break;
            case ExecutionEventKind.ForceEnded:
                Requests.ForceEnd(draft, happened);
                break;
            default:
                break;
        }

        Settle(draft);
        return draft.State;
    }

    /// <summary>Why an event cannot be applied to a state, as a sentence for whoever asked for it, or null.</summary>
    public string? Refuse(int number, ExecutionPlan plan, ExecutionState state, ExecutionEvent happened)
    {
        var isUndoing = state.Status is ExecutionStatus.Cancelling or ExecutionStatus.RollingBack;
        var status = state.Status == ExecutionStatus.RollingBack ? "rolling back" : state.Status.ToString().ToLowerInvariant();
        var wrong = $"Execution {number} is {status}";
        return happened.Kind switch
        {
            ExecutionEventKind.Created => $"{wrong}; it was created before.",
            ExecutionEventKind.Admitted => state.Status == ExecutionStatus.Queued ? null : $"{wrong}; it does not wait for its turn.",
            ExecutionEventKind.Paused => state is { Status: ExecutionStatus.Running, IsPaused: false } ? null : $"{wrong}{(state.IsPaused ? " and paused" : "")}; only one that runs can be paused.",
            ExecutionEventKind.Resumed => state is { Status: ExecutionStatus.Running, IsPaused: true } ? null : $"{wrong}; only one that is paused can be resumed.",
            ExecutionEventKind.CancelRequested => state.Status is ExecutionStatus.Queued or ExecutionStatus.Running ? null
                : $"{wrong}; {(isUndoing ? "wait for its end, or force that" : "there is nothing to cancel")}.",
            ExecutionEventKind.RestartRequested => plan.Stages.All(stage => stage.Name != happened.Stage) ? $"Execution {number} has no stage '{happened.Stage}'; {NearestName.Hint(happened.Stage ?? "", [.. plan.Stages.Select(stage => stage.Name)])}"
                : state.IsEnded || state.Status == ExecutionStatus.Running ? null
                : $"{wrong}; {(isUndoing ? "wait for its end, or force that, and restart it then" : "it has not begun yet")}.",
            ExecutionEventKind.ForceEnded => state.IsEnded ? $"{wrong}; it has ended." : null,
            ExecutionEventKind.Signalled => RefuseSignal(number, plan, state, happened, wrong),
            ExecutionEventKind.ActivityFinished => Activities(state).Any(running => running.Activity.Key == happened.Key) ? null : $"{wrong}; the activity '{happened.Key}' is not wanted any more.",
            _ => NextTime(state) <= (happened.At > state.At ? happened.At : state.At) ? null : $"{wrong}; nothing is due.",
        };
    }

    /// <summary>A judgment as it stands at a time.</summary>
    /// <exception cref="FairleadException">NotFound: no such stage; Invalid: one that asks nobody, or whose settings cannot be filled in.</exception>
    public JudgmentQuestion Describe(Execution execution, string stage, DateTimeOffset now)
    {
        var draft = new Draft(execution.Number, execution.Plan, execution.State, now, stages);
        var index = draft.IndexOf(stage);
        if (index < 0)
            throw FairleadException.NotFound($"Execution {execution.Number} has no stage '{stage}'; {NearestName.Hint(stage, [.. execution.Plan.Stages.Select(known => known.Name)])}");
        if (draft.Definition(index).Kind != JudgmentStage.KindName)
            throw FairleadException.Invalid($"The stage '{stage}' of execution {execution.Number} is of the kind '{draft.Definition(index).Kind}' and asks nobody; name one of the kind '{JudgmentStage.KindName}'.");
        var progress = draft.Progress(index, out var problem);
        return problem is null ? new JudgmentTerms(progress).Describe() : throw FairleadException.Invalid(problem);
    }

    /// <summary>The activities that run, or are to be run, in a state.</summary>
    public static IEnumerable<(string Stage, ActivityState Activity)> Activities(ExecutionState state)
    {
        foreach (var stage in state.Stages)
        {
            if (stage.Activity is { } activity)
                yield return (stage.Name, activity);
            if (stage.Undo?.Activity is { } undoing)
                yield return (stage.Name, undoing);
        }
    }

    /// <summary>When something is to be looked at again though nothing happens; null for never.</summary>
    public static DateTimeOffset? NextTime(ExecutionState state) => state.Status switch
    {
        ExecutionStatus.Running => state.Stages
            .Where(stage => stage.IsActive)
            .SelectMany(stage => new[] { state.IsPaused ? null : stage.DueAt, state.IsPaused && stage.Activity is null ? null : stage.TimeoutAt })
            .Min(),
        ExecutionStatus.Cancelling or ExecutionStatus.RollingBack => state.Stages.Select(stage => stage.Undo is { Status: UndoStatus.Waiting } undo ? undo.DueAt : null).Min(),
        _ => null,
    };

    private string? RefuseSignal(int number, ExecutionPlan plan, ExecutionState state, ExecutionEvent happened, string wrong)
    {
        if (state.Status != ExecutionStatus.Running)
            return $"{wrong}; its stages wait for nothing.";
        var draft = new Draft(number, plan, state, happened.At, stages);
        var index = draft.IndexOf(happened.Stage);
        if (index < 0)
            return $"Execution {number} has no stage '{happened.Stage}'; {NearestName.Hint(happened.Stage ?? "", [.. plan.Stages.Select(stage => stage.Name)])}";
        var progress = draft.Progress(index, out var problem);
        if (!draft[index].IsActive || problem is not null)
            return $"The stage '{happened.Stage}' is {draft[index].Status.ToString().ToLowerInvariant()} and waits for nothing.";
        return draft.Kind(index).Refuse(progress, happened.Signal ?? "", happened.By ?? "", happened.Data ?? StageData.Nothing);
    }

    private static void FinishActivity(Draft draft, ExecutionEvent happened)
    {
        for (var index = 0; index < draft.Count; index++)
        {
            if (draft[index].Activity?.Key == happened.Key)
                StageMachine.Finish(draft, index, happened);
            else if (draft[index].Undo?.Activity?.Key == happened.Key)
                UndoMachine.Finish(draft, index, happened);
        }
    }

    private static void Settle(Draft draft)
    {
        if (draft.Status == ExecutionStatus.Running)
        {
            Advance(draft);
            if (draft.AllSettled)
                Conclude(draft);
        }

        if (draft.Status is ExecutionStatus.Cancelling or ExecutionStatus.RollingBack)
            UndoMachine.Advance(draft);
    }

    private static void Advance(Draft draft)
    {
        // The plan is in order, so one pass reaches everything, unless a failure says that the stages before it in the list are not to go on.
        bool wasStopping;
        do
        {
            wasStopping = draft.IsStopping;
            for (var index = 0; index < draft.Count; index++)
                StageMachine.Advance(draft, index);
        }
        while (draft.IsStopping != wasStopping);
    }

    private static void Conclude(Draft draft)
    {
        if (!draft.IsStopping)
        {
            draft.Change(state => state with { Status = ExecutionStatus.Succeeded, FinishedAt = state.At, IsPaused = false });
            return;
        }

        var rollsBack = Enumerable.Range(0, draft.Count).Any(index => draft[index].Status == StageStatus.Failed && draft.Definition(index).OnFailure == StageFailurePolicy.Rollback);
        if (rollsBack)
            UndoMachine.Mark(draft, Enumerable.Range(0, draft.Count), wasInterrupted: false);
        draft.Change(state => rollsBack
            ? state with { Status = ExecutionStatus.RollingBack, IsPaused = false }
            : state with { Status = ExecutionStatus.Failed, FinishedAt = state.At, IsPaused = false });
    }
}
