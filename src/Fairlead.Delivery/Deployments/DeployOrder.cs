using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Deployments;

/// <summary>What somebody wants deployed.</summary>
public sealed record DeployOrder
{
    public required string Environment { get; init; }

    /// <summary>Null means the newest.</summary>
    public ReleaseName? Release { get; init; }

    /// <summary>Names; empty means every service of the release.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Share of the traffic of each service that the release shall take; more than none.</summary>
    public Weight Weight { get; init; } = Weight.All;

    /// <summary>When above none, the release is made ready as a shadow: it gets that share of copies of the requests, and no traffic.</summary>
    public Weight Mirror { get; init; }

    /// <summary>Null for the environment's own.</summary>
    public Strategy? Strategy { get; init; }

    /// <summary>Ordering the same key again deploys nothing; null makes one up.</summary>
    public string? Key { get; init; }

    /// <summary>Why it is deployed though its environment is closed; null when that is open.</summary>
    public string? Override { get; init; }

    public required string User { get; init; }
}
