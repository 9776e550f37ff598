using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Deployments;

/// <summary>How an environment stands after a deployment, a rollback or a shift of traffic.</summary>
public sealed record Deployment
{
    public required string Environment { get; init; }

    /// <summary>The release that was deployed; null after a rollback or a shift, which may concern several.</summary>
    public ReleaseName? Release { get; init; }

    /// <summary>False when everything was as asked already.</summary>
    public required bool Changed { get; init; }

    /// <summary>Version of the desired state that the host serves.</summary>
    public required long Version { get; init; }

    /// <summary>Server groups of the services concerned that take traffic now, or copies of it, by name.</summary>
    public required IReadOnlyList<ServerGroup> Live { get; init; }

    /// <summary>Number of the rollout; null for a shift of traffic.</summary>
    public int? Rollout { get; init; }

    /// <summary>True when the release is not live yet: it comes step by step, and the rollout tells how far it is.</summary>
    public bool IsUnderWay { get; init; }
}
