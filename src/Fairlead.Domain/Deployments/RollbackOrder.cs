namespace Fairlead.Domain.Deployments;

/// <summary>What somebody wants back.</summary>
public sealed record RollbackOrder
{
    /// <summary>Ordering the same key again starts nothing; null makes one up.</summary>
    public string? Key { get; init; }

    public required string Environment { get; init; }

    /// <summary>Null means every service that has a way back.</summary>
    public string? Service { get; init; }

    /// <summary>The server group to go to, also one that is gone: it is made anew with its release and configuration. Null means what was live before.</summary>
    public ServerGroupName? To { get; init; }

    /// <summary>Why, one sentence that is kept with the rollout; null for none.</summary>
    public string? Reason { get; init; }

    public required string User { get; init; }
}
