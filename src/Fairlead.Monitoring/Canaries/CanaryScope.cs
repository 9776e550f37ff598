using Fairlead.Domain.Deployments;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries;

/// <summary>Which two sides are compared, and over what time.</summary>
public sealed record CanaryScope
{
    public required string Service { get; init; }

    public required string Environment { get; init; }

    /// <summary>What it is compared with.</summary>
    public required ServerGroupName Control { get; init; }

    /// <summary>The candidate.</summary>
    public required ServerGroupName Experiment { get; init; }

    /// <summary>The candidate answers copies of the requests, and nobody sees its answers.</summary>
    public bool IsShadow { get; init; }

    /// <summary>Share of the traffic, above 0 to 1: requests are compared by it.</summary>
    public double ControlShare { get; init; } = 1;

    /// <inheritdoc cref="ControlShare"/>
    public double ExperimentShare { get; init; } = 1;

    public required CanaryWindow Window { get; init; }
}
