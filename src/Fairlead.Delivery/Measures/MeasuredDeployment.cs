namespace Fairlead.Delivery.Measures;

/// <summary>A deployment that took traffic.</summary>
public sealed record MeasuredDeployment
{
    /// <summary>Number of the rollout.</summary>
    public required int Rollout { get; init; }

    public required string Environment { get; init; }

    public required string Release { get; init; }

    public required string By { get; init; }

    /// <summary>When it took its first traffic.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it had all the traffic that was ordered; null when it never had.</summary>
    public DateTimeOffset? LiveAt { get; init; }

    /// <summary>It went back: by itself, by a person, or by a rollback before the next deployment.</summary>
    public bool IsFailed { get; init; }

    /// <summary>When what served before had the traffic again, or another deployment was live; null while it is not, and for one that did not fail.</summary>
    public DateTimeOffset? RestoredAt { get; init; }

    /// <summary>The number of the rollback that took it back; null when none did.</summary>
    public int? RolledBackBy { get; init; }

    /// <summary>Commits that no deployment before it had brought there.</summary>
    public int Changes { get; init; }

    /// <summary>Of its changes; null when it brought none, or was never live.</summary>
    public Spread? LeadTime { get; init; }
}
