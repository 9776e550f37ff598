using System.Text.Json;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>An execution that somebody, or something, wants.</summary>
public sealed record ExecutionOrder
{
    public required string Pipeline { get; init; }

    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>();

    public required ExecutionCause Cause { get; init; }

    /// <summary>Key of the activity that begins it; the same key gives the same execution. Null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>What it is known by to who wants it, as <see cref="Parent"/>; such an execution is nobody's child. Null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The commit whose project it executes, whatever the work tree holds by then; null for the work tree.</summary>
    public string? Commit { get; init; }
}
