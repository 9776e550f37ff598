using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Deployments;

/// <summary>What a rollout does to one service.</summary>
public sealed record RolloutTarget
{
    public required string Service { get; init; }

    /// <summary>The server group that takes over; null until it has a record.</summary>
    public ServerGroupName? Candidate { get; init; }

    /// <summary>True when the rollout makes the candidate, and takes it away when it fails.</summary>
    public bool IsNew { get; init; }

    /// <summary>True when the candidate must be made ready first.</summary>
    public bool IsCold { get; init; }

    /// <summary>The server group whose release and configuration a new candidate repeats; null for the rollout's release.</summary>
    public ServerGroupName? Repeats { get; init; }

    /// <summary>The server group that led before, and that takes back; null when there was none.</summary>
    public ServerGroupName? Stable { get; init; }

    /// <summary>A fresh server group of what is live, beside the candidate; null without one, and until it has a record.</summary>
    public ServerGroupName? Baseline { get; init; }

    /// <summary>Those that took traffic at the beginning.</summary>
    public IReadOnlyList<GroupShare> Before { get => field ?? []; init; }

    /// <summary>Instances that the candidate has in the end; null for a model.</summary>
    public int? Instances { get; init; }

    /// <summary>Digest of the configuration that a new candidate gets, which the store has; null for none.</summary>
    public Digest? Configuration { get; init; }
}
