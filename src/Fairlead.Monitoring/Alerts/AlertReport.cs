namespace Fairlead.Monitoring.Alerts;

/// <summary>A rule and how it stands.</summary>
public sealed record AlertReport
{
    public required AlertRule Rule { get; init; }

    /// <summary>Firing ones first; without those that are and were fine.</summary>
    public required IReadOnlyList<AlertState> States { get; init; }

    /// <summary>The silence that holds now.</summary>
    public AlertSilence? Silence { get; init; }

    /// <summary>Why the rule cannot be looked at.</summary>
    public string? Problem { get; init; }

    /// <summary>The worst of its states.</summary>
    public AlertPhase Phase => States.Count == 0 ? AlertPhase.Ok : States.Max(state => state.Phase);
}
