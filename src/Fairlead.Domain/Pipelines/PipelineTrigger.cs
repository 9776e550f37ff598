using System.Text.Json;

namespace Fairlead.Domain.Pipelines;

/// <summary>What begins executions of a pipeline by itself.</summary>
/// <param name="Name">Within the pipeline: as the file says, or the kind, with a number from the second of a kind on.</param>
/// <param name="Kind">Such as <c>git</c> or <c>cron</c>.</param>
/// <param name="Settings">An object, those of the kind.</param>
public sealed record PipelineTrigger(string Name, string Kind, JsonElement Settings)
{
    /// <summary>Inputs by name: constants, texts with <c>${{ trigger.… }}</c>, or <c>{ sql: … }</c>; an object, null for none.</summary>
    public JsonElement? Inputs { get; init; }

    /// <summary>A condition in SQL over <c>trigger</c>; where it does not hold, nothing begins.</summary>
    public string? When { get; init; }
}
