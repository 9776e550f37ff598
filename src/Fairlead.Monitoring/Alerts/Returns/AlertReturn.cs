namespace Fairlead.Monitoring.Alerts.Returns;

/// <summary>What was done about one firing of an alert.</summary>
public sealed record AlertReturn
{
    public required string Rule { get; init; }

    public required string Target { get; init; }

    /// <summary>When it began to fire: what tells one firing from another.</summary>
    public required DateTimeOffset FiredAt { get; init; }

    public required AlertReturnKind Kind { get; init; }

    /// <summary>The rollout that was ended, or that goes back; null for none.</summary>
    public int? Rollout { get; init; }

    /// <summary>Why, one sentence.</summary>
    public required string Reason { get; init; }
}
