using System.Text.Json;

namespace Fairlead.Triggers.Running;

/// <summary>How a trigger is, and what it did.</summary>
public sealed record TriggerReport
{
    /// <summary>Such as <c>release/git</c>.</summary>
    public required string Name { get; init; }

    public required string Pipeline { get; init; }

    public required string Kind { get; init; }

    public required JsonElement Settings { get; init; }

    public required TriggerStatus Status { get; init; }

    /// <summary>When it was looked at last since the control plane began; null for never.</summary>
    public DateTimeOffset? LastLook { get; init; }

    /// <summary>The next time at which it will fire, where that is known.</summary>
    public DateTimeOffset? Next { get; init; }

    public DateTimeOffset? LastFired { get; init; }

    /// <summary>Execution of the last firing.</summary>
    public int? LastExecution { get; init; }

    /// <summary>What it fails with, or why nothing came of its last firing.</summary>
    public string? Problem { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public string? PausedBy { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Where webhooks are posted to, below the control plane's address; null when it takes none.</summary>
    public string? Hook { get; init; }
}
