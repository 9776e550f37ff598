namespace Fairlead.Monitoring.Canaries;

/// <summary>Which reports are wanted; null for all. Newest first.</summary>
public sealed record CanaryFilter
{
    public string? Environment { get; init; }

    public string? Service { get; init; }

    public int? Rollout { get; init; }

    public int? Execution { get; init; }

    /// <summary>How many at most.</summary>
    public int Limit { get; init; } = 50;
}
