using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;

namespace Fairlead.Replay.Verification;

/// <summary>What decides whether a recorded prediction can be verified, and how.</summary>
internal sealed record RecordedRow
{
    public required PredictionId Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Service { get; init; }

    public required string Environment { get; init; }

    public required ServerGroupName ServerGroup { get; init; }

    public required ReleaseName Release { get; init; }

    public required Digest ModelDigest { get; init; }

    public required Digest Configuration { get; init; }

    public required int Status { get; init; }

    public required bool HasInput { get; init; }

    public required bool HasOutput { get; init; }

    /// <summary>Whether its request had further rows, which the host scored together with it.</summary>
    public required bool IsOfMany { get; init; }

    /// <summary>Parts that the log left out; null when none.</summary>
    public required string? Omitted { get; init; }
}
