using System.Text.Json;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Domain.Pipelines.Triggers;

/// <summary>Something that happened, and what shall begin because of it, as the project file said then. It never changes.</summary>
public sealed record FiringOrder
{
    /// <summary>Name of the trigger, such as <c>release/git</c>.</summary>
    public required string Trigger { get; init; }

    /// <summary>Names what happened: of one trigger, the same key fires once.</summary>
    public required string Key { get; init; }

    public required string Pipeline { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ExecutionCause Cause { get; init; }

    /// <summary>The commit that is executed; null for the project as it is.</summary>
    public string? Commit { get; init; }

    /// <summary>What conditions and inputs find under <c>trigger</c>; an object.</summary>
    public required JsonElement Data { get; init; }

    /// <inheritdoc cref="PipelineTrigger.Inputs"/>
    public JsonElement? Inputs { get; init; }

    /// <inheritdoc cref="PipelineTrigger.When"/>
    public string? When { get; init; }
}
