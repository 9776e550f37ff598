namespace Fairlead.Domain.Pipelines.Triggers;

/// <summary>What is remembered of a trigger from one start of the control plane to the next.</summary>
/// <param name="Name">Such as <c>release/git</c>.</param>
public sealed record TriggerMemory(string Name)
{
    /// <summary>What it looks at, as a digest: another one is looked at as if for the first time.</summary>
    public string Source { get; init; } = "";

    /// <summary>How far it has seen, in its kind's own form; null before the first look.</summary>
    public string? Cursor { get; init; }

    /// <summary>Why looking failed last; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Since when it fails.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Who paused it; null when it is not.</summary>
    public string? PausedBy { get; init; }

    public DateTimeOffset? PausedAt { get; init; }
}
