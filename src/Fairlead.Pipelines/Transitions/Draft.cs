using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Planning;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Transitions;

/// <summary>The state that one event is about to make: what a transition writes to until it is done.</summary>
internal sealed class Draft
{
    private static readonly string[] Roots = ["inputs", "stages", "execution"];
    private readonly StageCatalog kinds;
    private readonly List<StageState> stages;
    private ExecutionState state;

    public Draft(int number, ExecutionPlan plan, ExecutionState state, DateTimeOffset at, StageCatalog kinds)
    {
        (Number, Plan, this.kinds) = (number, plan, kinds);
        this.state = state with { At = at > state.At ? at : state.At };
        stages = [.. state.Stages];
    }

    public int Number { get; }

    public ExecutionPlan Plan { get; }

    public DateTimeOffset Now => state.At;

    /// <summary>As it is by now.</summary>
    public ExecutionState State
    {
        get => state with { Stages = [.. stages] };
        set => state = value;
    }

    public ExecutionStatus Status => state.Status;

    public bool IsStopping => state.IsStopping;

    public bool IsPaused => state.IsPaused;

    public int Count => stages.Count;

    public StageState this[int index]
    {
        get => stages[index];
        set => stages[index] = value;
    }

    public StageDefinition Definition(int index) => Plan.Stages[index];

    public int IndexOf(string? stage) => stages.FindIndex(candidate => candidate.Name == stage);

    public bool AllSettled => stages.TrueForAll(stage => stage.IsSettled);

    public StageState Named(string stage) => stages.Find(candidate => candidate.Name == stage) ?? throw new InvalidOperationException($"There is no stage '{stage}' in the plan.");

    public void Change(Func<ExecutionState, ExecutionState> change) => state = change(state);

    public IStage Kind(int index) => kinds.Find(Definition(index).Kind) ?? throw new InvalidOperationException($"There is no stage of the kind '{Definition(index).Kind}'.");

    /// <summary>What a stage may look at.</summary>
    /// <param name="problem">Why its settings cannot be filled in or are wrong; a sentence. Null when they are right.</param>
    public StageProgress Progress(int index, out string? problem)
    {
        var definition = Definition(index);
        var now = State;
        var settings = Rendering.Fill(definition.Settings, StageData.Of(Plan, now), Roots, out var missing);
        problem = missing is not null ? $"The settings cannot be filled in: {missing}." : SettingCheck.Problems(definition, Kind(index).Schema, settings).FirstOrDefault();
        return new StageProgress(Number, Plan, now, definition, new SettingValues(settings), this[index], Now);
    }

    public JsonElement Data() => StageData.Of(Plan, State);
}
