using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Transitions;

/// <summary>One stage of a draft: beginning, going on, failing, ending.</summary>
internal static class StageMachine
{
    private const string When = "when";
    private const string Check = "check";
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(1);

    /// <summary>Brings a stage as far as it can go at this moment.</summary>
    public static void Advance(Draft draft, int index)
    {
        var stage = draft[index];
        if (stage.IsSettled)
            return;
        if (stage.Status is StageStatus.Waiting or StageStatus.Blocked)
            TryBegin(draft, index);
        else if (stage.TimeoutAt <= draft.Now && (stage.Activity is not null || !draft.IsPaused))
            Fail(draft, index, $"It took longer than its timeout, {draft.Definition(index).Timeout}.", isRetryable: true);
        else if (stage.Status == StageStatus.Retrying)
            Retry(draft, index);
        else if (stage.Activity is null && !draft.IsPaused)
            Look(draft, index);
    }

    /// <summary>An activity of the stage ended.</summary>
    public static void Finish(Draft draft, int index, ExecutionEvent happened)
    {
        var stage = draft[index];
        var activity = stage.Activity!;
        if (happened.Error is { } error)
        {
            Fail(draft, index, error, happened.IsRetryable);
            return;
        }

        draft[index] = stage with { Activity = null, Done = [.. stage.Done, new ActivityRecord(activity.Name, draft.Now, happened.Data)] };
    }

    public static string Key(int execution, StageState stage, string activity) => $"{execution}/{stage.Name}/{stage.Attempt}/{activity}";

    private static void TryBegin(Draft draft, int index)
    {
        var stage = draft[index];
        var before = draft.Definition(index).After.Select(draft.Named).ToList();
        if (draft.IsStopping)
            draft[index] = stage with { Status = StageStatus.Skipped, FinishedAt = draft.Now, Note = "not begun: a stage failed" };
        else if (before.TrueForAll(earlier => earlier.IsSettled) && draft.IsPaused)
            draft[index] = stage with { Status = StageStatus.Blocked, Note = "the execution is paused" };
        else if (before.TrueForAll(earlier => earlier.IsSettled))
            Begin(draft, index, isRetry: false);
    }

    private static void Retry(Draft draft, int index)
    {
        var stage = draft[index];
        if (draft.IsStopping)
            draft[index] = stage with { Status = StageStatus.Failed, FinishedAt = draft.Now, DueAt = null, Note = null };
        else if (stage.DueAt <= draft.Now && !draft.IsPaused)
            Begin(draft, index, isRetry: true);
    }

    private static void Begin(Draft draft, int index, bool isRetry)
    {
        var stage = draft[index];
        draft[index] = stage with
        {
            Status = StageStatus.Running,
            Attempt = stage.Attempt + 1,
            FirstAttempt = isRetry ? stage.FirstAttempt : stage.Attempt + 1,
            StartedAt = isRetry ? stage.StartedAt : draft.Now,
            AttemptStartedAt = draft.Now,
            FinishedAt = null,
            // A condition that held is not asked again.
            Done = isRetry && stage.Find(When) is { } held ? [held] : [],
            DueAt = null,
            TimeoutAt = draft.Now + draft.Definition(index).Timeout,
            Note = null,
            Error = null,
        };
        Look(draft, index);
    }

    private static void Look(Draft draft, int index)
    {
        var definition = draft.Definition(index);
        var stage = draft[index];
        if (definition.When is { } condition && stage.Find(When) is not { } answer)
            Start(draft, index, When, EvaluateActivity.KindName, StageData.Object(("expression", condition), ("data", draft.Data())));
        else if (definition.When is not null && !Holds(stage.Find(When)!))
            Skip(draft, index, $"its condition does not hold: {definition.When}");
        else if (draft.Progress(index, out var problem) is var progress && problem is not null)
            Fail(draft, index, problem, isRetryable: false);
        else
            Do(draft, index, draft.Kind(index).Next(progress));
    }

    private static void Do(Draft draft, int index, StageStep step)
    {
        var stage = draft[index];
        switch (step.Kind)
        {
            case StageStepKind.Run:
                if (stage.Find(step.Activity.Name) is not null)
                    throw new InvalidOperationException($"The stage '{stage.Name}' asks for its activity '{step.Activity.Name}' a second time.");
                Start(draft, index, step.Activity.Name, step.Activity.Kind, step.Activity.Input);
                break;
            // Nobody is asked any more, and nothing is waited for, once the execution cannot succeed.
            case StageStepKind.Wait or StageStepKind.Judge when draft.IsStopping:
                draft[index] = stage with { Status = StageStatus.Cancelled, FinishedAt = draft.Now, DueAt = null, TimeoutAt = null, Note = "not waited for: a stage failed" };
                break;
            case StageStepKind.Wait:
                draft[index] = stage with { Status = StageStatus.Running, DueAt = step.Until, Note = step.Note, TimeoutAt = step.IsHeld ? null : stage.TimeoutAt };
                break;
            case StageStepKind.Judge:
                draft[index] = stage with { Status = StageStatus.Judging, DueAt = step.Until, Note = step.Note };
                break;
            case StageStepKind.Succeed:
                Succeed(draft, index, step.Output);
                break;
            case StageStepKind.Skip:
                Skip(draft, index, step.Note!);
                break;
            default:
                Fail(draft, index, step.Error!, step.IsRetryable);
                break;
        }
    }

    private static void Skip(Draft draft, int index, string note) =>
        draft[index] = draft[index] with { Status = StageStatus.Skipped, FinishedAt = draft.Now, DueAt = null, TimeoutAt = null, Note = note };

    private static void Succeed(Draft draft, int index, JsonElement? output)
    {
        var stage = draft[index];
        var check = draft.Definition(index).Check;
        if (check is not null && stage.Find(Check) is null)
            Start(draft, index, Check, EvaluateActivity.KindName, StageData.Object(("expression", check), ("data", StageData.Merge(draft.Data(), output))));
        else if (check is not null && !Holds(stage.Find(Check)!))
            Fail(draft, index, $"The check does not hold: {check}", isRetryable: true, output);
        else
            draft[index] = stage with { Status = StageStatus.Succeeded, FinishedAt = draft.Now, Output = output, DueAt = null, TimeoutAt = null, Note = null };
    }

    private static void Start(Draft draft, int index, string name, string kind, JsonElement input)
    {
        var stage = draft[index];
        draft[index] = stage with
        {
            Status = StageStatus.Running,
            DueAt = null,
            TimeoutAt = stage.TimeoutAt ?? draft.Now + draft.Definition(index).Timeout,
            Note = null,
            Activity = new ActivityState(name, kind, Key(draft.Number, stage, name), input, draft.Now),
        };
    }

    private static void Fail(Draft draft, int index, string error, bool isRetryable, JsonElement? output = null)
    {
        var stage = draft[index] with { Activity = null, TimeoutAt = null, Error = error, Note = null, Output = output };
        var definition = draft.Definition(index);
        var tried = stage.Attempt - stage.FirstAttempt;
        if (isRetryable && tried < definition.Retries && !draft.IsStopping)
        {
            var backoff = TimeSpan.FromTicks(Math.Min(LongestBackoff.Ticks, definition.Backoff.Ticks << Math.Min(tried, 12)));
            draft[index] = stage with { Status = StageStatus.Retrying, DueAt = draft.Now + backoff, Note = $"tried {tried + 1} of {definition.Retries + 1} times" };
            return;
        }

        draft[index] = stage with { Status = StageStatus.Failed, FinishedAt = draft.Now, DueAt = null };
        if (definition.OnFailure != StageFailurePolicy.Continue)
            draft.Change(state => state with { IsStopping = true, Reason = state.Reason ?? $"Stage '{stage.Name}' failed: {error}" });
    }

    private static bool Holds(ActivityRecord answer) => answer.Output is { ValueKind: JsonValueKind.Object } output && output.TryGetProperty(EvaluateActivity.Answer, out var holds) && holds.ValueKind == JsonValueKind.True;
}
