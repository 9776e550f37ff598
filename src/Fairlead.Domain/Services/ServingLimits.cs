namespace Fairlead.Domain.Services;

/// <summary>What one server group takes at a time, so that a flood is refused instead of piling up.</summary>
public sealed record ServingLimits
{
    public const int DefaultQueue = 256;

    public static readonly ServingLimits Default = new();

    /// <summary>Requests under way at once, of each instance; null for no limit of its own.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Requests that wait for their turn; one more is answered 429. Matters only with <see cref="Concurrency"/>.</summary>
    public int Queue { get; init; } = DefaultQueue;

    /// <summary>From arrival to answer, waiting included; null for none but the client's own.</summary>
    public TimeSpan? Deadline { get; init; }
}
