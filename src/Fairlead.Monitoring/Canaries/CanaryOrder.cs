using Fairlead.Domain.Canaries;
using Fairlead.Domain.Releases;

namespace Fairlead.Monitoring.Canaries;

/// <summary>One look at a canary that is wanted.</summary>
public sealed record CanaryOrder
{
    public required CanaryScope Scope { get; init; }

    public required AnalysisPlan Plan { get; init; }

    /// <summary>The candidate's.</summary>
    public ReleaseName? Release { get; init; }

    /// <summary>The rollout that asks; null for none.</summary>
    public int? Rollout { get; init; }

    /// <summary>Of the rollout, from 0.</summary>
    public int? Step { get; init; }

    /// <summary>The execution that asks; null for none.</summary>
    public int? Execution { get; init; }

    public string? Stage { get; init; }

    /// <summary>Ordering the same key again gives the report that there is; null makes a new one.</summary>
    public string? Key { get; init; }
}
