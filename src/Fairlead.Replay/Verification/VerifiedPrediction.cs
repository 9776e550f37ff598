using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.Replay.Rebuilding;

namespace Fairlead.Replay.Verification;

/// <summary>One prediction, scored again by the very model that answered it, and compared bit by bit.</summary>
public sealed record VerifiedPrediction
{
    public required PredictionId Prediction { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTimeOffset Time { get; init; }

    public required ServerGroupName ServerGroup { get; init; }

    public required ReleaseName Release { get; init; }

    /// <summary>What answered: <c>late@3</c>, <c>clean + late@3</c> or a command line.</summary>
    public required string Model { get; init; }

    public required Digest ModelDigest { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>One sentence, unless it is identical.</summary>
    public string? Reason { get; init; }

    /// <summary>True when bytes in the store are not what their digest says.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Outputs whose bits were compared.</summary>
    public IReadOnlyList<string> Compared { get; init; } = [];

    /// <summary>Outputs that are redacted or hashed in the log, so that there is nothing to compare.</summary>
    public IReadOnlyList<string> NotCompared { get; init; } = [];

    /// <summary>The first hundred.</summary>
    public IReadOnlyList<OutputDifference> Differences { get; init; } = [];

    /// <summary>Set when its models were made again.</summary>
    public RebuildReport? Rebuild { get; init; }
}
