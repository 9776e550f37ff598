using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Comparison;

/// <summary>How two runs differ. Every list is sorted by name and, but for metrics, holds only what differs.</summary>
public sealed record RunDifference
{
    public required RunId Left { get; init; }

    public required RunId Right { get; init; }

    public required CommitState LeftCommit { get; init; }

    public required CommitState RightCommit { get; init; }

    /// <summary>Values as JSON.</summary>
    public required IReadOnlyList<ValueDifference> Parameters { get; init; }

    /// <summary>All metrics that either has, whether they differ or not.</summary>
    public required IReadOnlyList<MetricDifference> Metrics { get; init; }

    /// <summary>Values as version or run, and digest: <c>customers@2 sha256:…</c>.</summary>
    public required IReadOnlyList<ValueDifference> Inputs { get; init; }

    /// <summary>Values as digests.</summary>
    public required IReadOnlyList<ValueDifference> Outputs { get; init; }

    /// <summary>All other parts of the key: command, code, environment, tools, platform.</summary>
    public required IReadOnlyList<ValueDifference> Code { get; init; }

    /// <summary>True when both had the same key, so that one could stand for the other.</summary>
    public required bool SameKey { get; init; }
}
