using Fairlead.Domain.Projects;

namespace Fairlead.Monitoring.Alerts;

/// <summary>What is looked at, and what of it is wrong.</summary>
public sealed record AlertRule
{
    public required string Name { get; init; }

    /// <summary>Such as <c>latency.p99</c>; <see cref="AlertDefinition.OwnValue"/> for <see cref="Sql"/>.</summary>
    public required string Metric { get; init; }

    public required Threshold Condition { get; init; }

    public string? Sql { get; init; }

    /// <summary>Null for each.</summary>
    public string? Service { get; init; }

    /// <summary>Null for each.</summary>
    public string? Environment { get; init; }

    public TimeSpan Window { get; init; } = AlertDefinition.DefaultWindow;

    public TimeSpan For { get; init; }

    public AlertSeverity Severity { get; init; }

    /// <summary>True when it takes the release back that came shortly before it.</summary>
    public bool Rollback { get; init; }

    /// <summary>True for one that is there without being in the project file.</summary>
    public bool IsBuiltIn { get; init; }
}
