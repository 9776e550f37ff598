namespace Fairlead.Notices.Following;

/// <summary>What was told of an execution.</summary>
internal sealed record ExecutionMark
{
    public bool IsStarted { get; init; }

    /// <summary>Of the last end that was told.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public string? Stalled { get; init; }

    /// <summary>When stages ended that were told of, by name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Stages { get; init; } = new Dictionary<string, DateTimeOffset>();
}
