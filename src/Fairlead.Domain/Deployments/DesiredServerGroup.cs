using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Deployments;

/// <summary>A server group as the host needs it.</summary>
public sealed record DesiredServerGroup
{
    public required ServerGroupName Name { get; init; }

    public required ReleaseName Release { get; init; }

    /// <summary>What clients call its version; null for the release's name.</summary>
    public string? Version { get; init; }

    /// <summary>What it runs.</summary>
    public required ReleasedService Service { get; init; }

    public required Digest Configuration { get; init; }

    /// <summary>Share of the traffic of its service in its environment; 0 keeps it warm.</summary>
    public required Weight Weight { get; init; }

    /// <summary>Share of the requests to its service that it gets a copy of, as a shadow: nobody sees what it answers.</summary>
    public Weight Mirror { get; init; }

    /// <summary>Instances of a command service; null for what its release says.</summary>
    public int? Instances { get; init; }

    /// <summary>True for a group that a canary is compared with: it takes the first range of units, so that both it and the canary keep theirs as they grow.</summary>
    public bool? IsBaseline { get; init; }

    /// <summary>The experiment that it is an arm of: units are assigned anew for each, so that no two experiments share their arms.</summary>
    public string? Experiment { get; init; }
}
