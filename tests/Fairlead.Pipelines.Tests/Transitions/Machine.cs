using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Pipelines.Stages;
using Fairlead.Pipelines.Transitions;

namespace Fairlead.Pipelines.Tests.Transitions;

/// <summary>An execution whose events a test makes.</summary>
internal sealed class Machine
{
    private readonly ExecutionMachine machine = new(StageCatalog.Standard);

    public Machine(ExecutionPlan plan, bool isAdmitted = true)
    {
        Plan = plan;
        State = ExecutionMachine.Create(plan).State;
        Now = plan.CreatedAt;
        if (isAdmitted)
            Apply(new ExecutionEvent(ExecutionEventKind.Admitted, Now));
    }

    public ExecutionPlan Plan { get; }

    public ExecutionState State { get; set; }

    public DateTimeOffset Now { get; set; }

    public IReadOnlyList<string> Running => [.. ExecutionMachine.Activities(State).Select(running => running.Activity.Key)];

    public StageState this[string stage] => State.Find(stage)!;

    public string? Refuse(ExecutionEvent happened) => machine.Refuse(1, Plan, State, happened);

    public ExecutionState Next(ExecutionEvent happened) => machine.Apply(1, Plan, State, happened);

    public Machine Apply(ExecutionEvent happened)
    {
        State = Next(happened);
        return this;
    }

    public Machine Finish(string key, string output = "{}") =>
        Apply(new ExecutionEvent(ExecutionEventKind.ActivityFinished, Now) { Key = key, Data = Sample.Json(output) });

    public Machine Fail(string key, bool isRetryable = true) =>
        Apply(new ExecutionEvent(ExecutionEventKind.ActivityFinished, Now) { Key = key, Error = "It broke.", IsRetryable = isRetryable });

    public Machine Ask(ExecutionEventKind kind, string? stage = null) => Apply(new ExecutionEvent(kind, Now) { By = "ann", Stage = stage });

    public Machine Judge(string stage, string choice, string by = "bob", string more = "") =>
        Apply(Judgment(stage, choice, by, more));

    public ExecutionEvent Judgment(string stage, string choice, string by = "bob", string more = "") =>
        new(ExecutionEventKind.Signalled, Now) { Stage = stage, Signal = "judgment", By = by, Data = Sample.Json($$"""{"choice":"{{choice}}"{{more}}}""") };

    public Machine Wait(TimeSpan time)
    {
        Now += time;
        return Apply(new ExecutionEvent(ExecutionEventKind.TimeReached, Now));
    }

    public JudgmentQuestion Describe(string stage) => machine.Describe(new Execution(1, 1, Plan, State), stage, Now);

    public string Json() => JsonSerializer.Serialize(State, PipelineJson.Default.ExecutionState);
}
