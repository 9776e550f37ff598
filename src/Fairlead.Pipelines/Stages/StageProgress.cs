using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Pipelines.Stages;

/// <summary>All that a stage may look at when it says what it does next.</summary>
/// <param name="Number">Of the execution.</param>
/// <param name="Settings">With everything filled in.</param>
/// <param name="State">Of the attempt that is under way.</param>
/// <param name="Now">Of the event that is looked at; there is no other clock.</param>
public sealed record StageProgress(int Number, ExecutionPlan Plan, ExecutionState Execution, StageDefinition Definition, SettingValues Settings, StageState State, DateTimeOffset Now)
{
    /// <summary>Signals of this attempt: what was said before does not count any more.</summary>
    public IEnumerable<StageSignal> Signals(string name) => State.Signals.Where(signal => signal.Name == name && signal.At >= State.AttemptStartedAt);

    /// <summary>The output of the last stage before this one, in the order of the plan, that has such a member.</summary>
    public string? Earlier(string member)
    {
        var ancestors = StageOrder.Ancestors(Plan, Definition.Name);
        return Execution.Stages
            .Where(stage => ancestors.Contains(stage.Name) && stage.Status == StageStatus.Succeeded)
            .Select(stage => stage.Output is { ValueKind: JsonValueKind.Object } output && output.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
            .LastOrDefault(value => value is not null);
    }
}
