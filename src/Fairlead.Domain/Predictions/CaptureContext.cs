using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Predictions;

/// <summary>What all predictions of one server group have in common; written once per log segment.</summary>
public sealed record CaptureContext
{
    public required ServerGroupName ServerGroup { get; init; }

    public required ReleaseName Release { get; init; }

    public required string Model { get; init; }

    public required int ModelVersion { get; init; }

    public required Digest ModelDigest { get; init; }

    public required Digest Configuration { get; init; }

    public required Signature Signature { get; init; }
}
