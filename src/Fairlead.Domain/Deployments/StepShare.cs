namespace Fairlead.Domain.Deployments;

/// <summary>What one service comes to in one step of a rollout.</summary>
public sealed record StepShare
{
    public required string Service { get; init; }

    /// <summary>Of the candidate.</summary>
    public required Weight Weight { get; init; }

    /// <summary>Of the baseline.</summary>
    public Weight Baseline { get; init; }

    /// <summary>Of the candidate; null for all that it has in the end.</summary>
    public int? Instances { get; init; }

    /// <summary>Of the server group that led before; null for those that it has.</summary>
    public int? StableInstances { get; init; }
}
