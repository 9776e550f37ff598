using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;

namespace Fairlead.Domain.Models;

/// <summary>One state of a model: the artifact, its signature, and the run that made it.</summary>
public sealed record ModelVersion
{
    public required string Model { get; init; }

    /// <summary>From 1, in the order in which releases first took them up.</summary>
    public required int Number { get; init; }

    public required ArtifactRef Artifact { get; init; }

    public required Signature Signature { get; init; }

    public required RunId Run { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string Label => $"{Model}@{Number}";
}
