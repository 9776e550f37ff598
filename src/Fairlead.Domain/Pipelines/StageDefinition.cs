using System.Text.Json;

namespace Fairlead.Domain.Pipelines;

/// <summary>A stage of a pipeline: a kind with its settings, or a template that is used (<see cref="Uses"/>).</summary>
public sealed record StageDefinition
{
    public const int MaxRetries = 100;

    /// <summary>Of the first retry when the file does not say; each further one takes twice as long.</summary>
    public static readonly TimeSpan DefaultBackoff = TimeSpan.FromSeconds(10);

    public required string Name { get; init; }

    /// <summary>Such as <c>deploy</c>; empty for a template.</summary>
    public required string Kind { get; init; }

    /// <summary>An object; texts in it may hold <c>${{ … }}</c>. For a template, its parameters.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>The stages before it.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>A condition in SQL; where it does not hold, the stage is skipped.</summary>
    public string? When { get; init; }

    /// <summary>A condition in SQL on what came of the stage; where it does not hold, the stage failed.</summary>
    public string? Check { get; init; }

    /// <summary>How often a stage that failed is tried again.</summary>
    public int Retries { get; init; }

    public TimeSpan Backoff { get; init; } = DefaultBackoff;

    /// <summary>Ends an attempt that takes longer; null for none.</summary>
    public TimeSpan? Timeout { get; init; }

    public StageFailurePolicy OnFailure { get; init; }

    /// <summary>The template that stands here, such as <c>careful@2</c>; null for a stage of its own.</summary>
    public string? Uses { get; init; }
}
