using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries;

/// <summary>One look at a canary, with everything that its verdict was made of: from the points, which are kept too, it can be had again.</summary>
public sealed record CanaryReport
{
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Environment { get; init; }

    public required string Service { get; init; }

    public ReleaseName? Release { get; init; }

    public required ServerGroupName Control { get; init; }

    public required ServerGroupName Experiment { get; init; }

    public bool IsShadow { get; init; }

    public int? Rollout { get; init; }

    /// <summary>Of the rollout, from 0.</summary>
    public int? Step { get; init; }

    public int? Execution { get; init; }

    public string? Stage { get; init; }

    /// <summary>Null when nobody asks for it twice.</summary>
    public string? Key { get; init; }

    public required CanaryConfig Config { get; init; }

    /// <summary>By which rows were drawn.</summary>
    public required string Seed { get; init; }

    /// <summary>The points of all metrics in the store.</summary>
    public required Digest Series { get; init; }

    public required CanaryVerdict Verdict { get; init; }

    /// <summary>What requests that both sides answered say.</summary>
    public IReadOnlyList<PairedSummary> Pairs { get => field ?? []; init; }

    /// <summary>One sentence with the metrics that are bad.</summary>
    public required string Reason { get; init; }
}
