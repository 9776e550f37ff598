using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Transitions;

/// <summary>Undoes stages of a draft, one after the other, the last change first.</summary>
internal static class UndoMachine
{
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(5);

    /// <summary>Marks what is to be undone of stages that have begun; one that was restarted and waits for its turn was undone before, or is to be left as it is.</summary>
    public static void Mark(Draft draft, IEnumerable<int> stages, bool wasInterrupted)
    {
        var undoable = stages
            .Where(index => draft[index] is { Attempt: > 0, StartedAt: not null } && StepOf(draft, index, wasInterrupted) is not null)
            .OrderByDescending(index => draft[index].FinishedAt ?? draft.Now)
            .ThenByDescending(index => index)
            .ToList();
        for (var order = 0; order < undoable.Count; order++)
            draft[undoable[order]] = draft[undoable[order]] with { Undo = new UndoState(order, UndoStatus.Waiting) };
    }

    /// <summary>Begins what is next, or ends the execution.</summary>
    public static void Advance(Draft draft)
    {
        while (Next(draft) is { } index)
        {
            var undo = draft[index].Undo!;
            if (undo.Status == UndoStatus.Running || undo.DueAt > draft.Now)
                return;
            if (StepOf(draft, index, draft.Status == ExecutionStatus.Cancelling) is { Kind: StageStepKind.Run } step)
            {
                var attempt = undo.Attempt + 1;
                var key = StageMachine.Key(draft.Number, draft[index], $"undo-{attempt}-{step.Activity.Name}");
                var activity = new ActivityState(step.Activity.Name, step.Activity.Kind, key, step.Activity.Input, draft.Now);
                draft[index] = draft[index] with { Undo = undo with { Status = UndoStatus.Running, Attempt = attempt, DueAt = null, Activity = activity } };
                return;
            }

            draft[index] = draft[index] with { Undo = undo with { Status = UndoStatus.Done, DueAt = null } };
        }

        End(draft);
    }

    public static void Finish(Draft draft, int index, ExecutionEvent happened)
    {
        var undo = draft[index].Undo! with { Activity = null };
        draft[index] = draft[index] with
        {
            Undo = happened.Error is null ? undo with { Status = UndoStatus.Done, Error = null }
                : undo.Attempt < UndoState.MaxAttempts ? undo with { Status = UndoStatus.Waiting, Error = happened.Error, DueAt = draft.Now + Backoff * undo.Attempt }
                : undo with { Status = UndoStatus.Failed, Error = happened.Error },
        };
    }

    private static int? Next(Draft draft)
    {
        int? next = null;
        for (var index = 0; index < draft.Count; index++)
        {
            if (draft[index].Undo is { Status: UndoStatus.Waiting or UndoStatus.Running } undo && (next is null || undo.Order < draft[next.Value].Undo!.Order))
                next = index;
        }

        return next;
    }

    private static void End(Draft draft)
    {
        var failures = draft.State.Stages
            .Where(stage => stage.Undo?.Status == UndoStatus.Failed)
            .Select(stage => $" What stage '{stage.Name}' changed could not be undone: {stage.Undo!.Error}");
        draft.Change(state => state with
        {
            Status = state.Status == ExecutionStatus.Cancelling ? ExecutionStatus.Cancelled : ExecutionStatus.Failed,
            FinishedAt = state.At,
            Reason = string.Concat(failures.Prepend(state.Reason)),
        });
    }

    // With settings that cannot be filled in, a stage never did anything.
    private static StageStep? StepOf(Draft draft, int index, bool wasInterrupted)
    {
        var progress = draft.Progress(index, out var problem);
        return problem is null ? draft.Kind(index).Undo(progress, wasInterrupted) : null;
    }
}
