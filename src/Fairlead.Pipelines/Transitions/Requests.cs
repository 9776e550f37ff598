using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Transitions;

/// <summary>What people ask of an execution as a whole.</summary>
internal static class Requests
{
    /// <summary>Ends it: what was interrupted is cleaned up.</summary>
    public static void Cancel(Draft draft, ExecutionEvent request)
    {
        var interrupted = Enumerable.Range(0, draft.Count).Where(index => draft[index].IsActive).ToList();
        UndoMachine.Mark(draft, interrupted, wasInterrupted: true);
        CancelStages(draft);
        var reason = $"Cancelled by '{request.By}'{(request.Reason is { Length: > 0 } given ? $": {given}" : "")}.";
        draft.Change(state => state.Status == ExecutionStatus.Queued
            ? state with { Status = ExecutionStatus.Cancelled, FinishedAt = state.At, Reason = reason, IsPaused = false }
            : state with { Status = ExecutionStatus.Cancelling, Reason = reason, IsPaused = false });
    }

    /// <summary>Ends it now, with nothing cleaned up.</summary>
    public static void ForceEnd(Draft draft, ExecutionEvent request)
    {
        CancelStages(draft);
        for (var index = 0; index < draft.Count; index++)
        {
            if (draft[index].Undo is { Status: UndoStatus.Waiting or UndoStatus.Running } undo)
                draft[index] = draft[index] with { Undo = undo with { Status = UndoStatus.Failed, Activity = null, DueAt = null, Error = "The end of the execution was forced." } };
        }

        draft.Change(state => state with
        {
            Status = ExecutionStatus.Failed,
            FinishedAt = state.At,
            IsPaused = false,
            Reason = $"Its end was forced by '{request.By}'{(request.Reason is { Length: > 0 } given ? $": {given}" : "")}.",
        });
    }

    /// <summary>The stage runs again with what comes after it, and so does everything that did not succeed or was undone, as the execution could not succeed otherwise.</summary>
    public static void Restart(Draft draft, string stage)
    {
        var again = Enumerable.Range(0, draft.Count).Where(index => MustRunAgain(draft, index)).Select(index => draft[index].Name);
        var reset = StageOrder.WithDescendants(draft.Plan, again.Append(stage));
        for (var index = 0; index < draft.Count; index++)
        {
            if (reset.Contains(draft[index].Name))
                draft[index] = new StageState(draft[index].Name) { Attempt = draft[index].Attempt, Signals = draft[index].Signals };
        }

        // One that had ended needs its turn and its locks again.
        draft.Change(state => state with
        {
            Status = state.IsEnded ? ExecutionStatus.Queued : state.Status,
            FinishedAt = null,
            Reason = null,
            IsStopping = false,
        });
    }

    private static bool MustRunAgain(Draft draft, int index) => draft[index] switch
    {
        { Undo: not null } => true,
        { Status: StageStatus.Failed } => draft.Definition(index).OnFailure != StageFailurePolicy.Continue,
        { Status: StageStatus.Cancelled } => true,
        // Skipped without having begun: the execution was stopping.
        { Status: StageStatus.Skipped, Attempt: var attempt, StartedAt: var started } => attempt == 0 || started is null,
        _ => false,
    };

    private static void CancelStages(Draft draft)
    {
        for (var index = 0; index < draft.Count; index++)
        {
            if (!draft[index].IsSettled)
                draft[index] = draft[index] with { Status = StageStatus.Cancelled, Activity = null, DueAt = null, TimeoutAt = null, Note = null, FinishedAt = draft.Now };
        }
    }
}
