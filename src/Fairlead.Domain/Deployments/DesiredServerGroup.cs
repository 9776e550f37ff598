using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Domain.Deployments;

/// <summary>A server group as the host needs it.</summary>
public sealed record DesiredServerGroup
{
    public required ServerGroupName Name { get; init; }

    public required ReleaseName Release { get; init; }

    public required string Model { get; init; }

    public required int ModelVersion { get; init; }

    public required ArtifactRef Artifact { get; init; }

    public required Signature Signature { get; init; }

    public required RunId Run { get; init; }

    public required Digest Configuration { get; init; }

    /// <summary>Share of the traffic of its service in its environment; 0 keeps it warm.</summary>
    public required Weight Weight { get; init; }

    public required CaptureDurability Durability { get; init; }
}
