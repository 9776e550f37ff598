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

    /// <summary>For whom the environment is; null when it is for nobody in particular.</summary>
    public string? Customer { get; init; }

    /// <summary>Null for a command service; for a chain the model versions that it scores with, such as <c>late@3 + rank@1</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Null unless it is one model.</summary>
    public int? ModelVersion { get; init; }

    /// <summary>Of the bytes that answer: the model, the chain's stages or the command's code.</summary>
    public required Digest ModelDigest { get; init; }

    public required Digest Configuration { get; init; }

    /// <summary>What the records hold: the service's own signature, but BYTES for what is hashed.</summary>
    public required Signature Signature { get; init; }
}
