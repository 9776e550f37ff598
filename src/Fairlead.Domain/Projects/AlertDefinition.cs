namespace Fairlead.Domain.Projects;

/// <summary>A rule of the project file about what a person must be told.</summary>
public sealed record AlertDefinition
{
    /// <summary>What metrics of traffic look back at when the file does not say.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(5);

    /// <summary>The metric of a rule with SQL of its own.</summary>
    public const string OwnValue = "value";

    public required string Name { get; init; }

    /// <summary>Such as <c>latency.p99</c>; null for a rule that is switched off.</summary>
    public string? Metric { get; init; }

    /// <summary>What is wrong; latencies in milliseconds, shares from 0 to 1. Null for a rule that is switched off.</summary>
    public Threshold? Condition { get; init; }

    /// <summary>A query that returns one number, for <see cref="OwnValue"/>; not checked here.</summary>
    public string? Sql { get; init; }

    /// <summary>Null for every service.</summary>
    public string? Service { get; init; }

    /// <summary>Null for every environment.</summary>
    public string? Environment { get; init; }

    public TimeSpan Window { get; init; } = DefaultWindow;

    /// <summary>How long the condition must hold before anybody is told.</summary>
    public TimeSpan For { get; init; }

    public AlertSeverity Severity { get; init; }

    /// <summary>True when it takes the release back that came shortly before it.</summary>
    public bool Rollback { get; init; }

    /// <summary>True to switch off the rule that is always there under this name.</summary>
    public bool IsOff { get; init; }
}
