namespace Fairlead.Monitoring.Alerts;

/// <summary>How one rule stands to one thing that it looks at.</summary>
public sealed record AlertState
{
    public required string Rule { get; init; }

    /// <summary>As in <see cref="AlertReading"/>.</summary>
    public required string Target { get; init; }

    /// <inheritdoc cref="AlertReading.Service"/>
    public string? Service { get; init; }

    /// <inheritdoc cref="AlertReading.Environment"/>
    public string? Environment { get; init; }

    public AlertPhase Phase { get; init; }

    /// <summary>Null when nothing was known.</summary>
    public double? Value { get; init; }

    public required DateTimeOffset EvaluatedAt { get; init; }

    /// <summary>For how long the condition was seen to hold, without interruption. Made of the times between evaluations, so that neither a clock that is set nor a pause counts.</summary>
    public TimeSpan Held { get; init; }

    /// <summary>For how long it was seen not to hold while firing; null while it holds.</summary>
    public TimeSpan? Clear { get; init; }

    /// <summary>For how long nothing was known while firing.</summary>
    public TimeSpan Unknown { get; init; }

    /// <summary>When it last began to fire.</summary>
    public DateTimeOffset? FiredAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>True when people were told of this firing.</summary>
    public bool IsTold { get; init; }

    /// <summary>Who looks after it; ends with the firing.</summary>
    public string? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When it began to fire in the last hour, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> RecentFirings { get => field ?? []; init; }

    /// <summary>True when it fires again and again, and therefore has to be clear for longer.</summary>
    public bool IsFlapping => RecentFirings.Count >= AlertMachine.FlappingFirings;
}
