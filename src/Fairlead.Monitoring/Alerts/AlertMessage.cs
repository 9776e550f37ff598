using Fairlead.Domain.Projects;

namespace Fairlead.Monitoring.Alerts;

/// <summary>What a webhook is sent.</summary>
public sealed record AlertMessage
{
    /// <summary>Of this form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The same at each attempt to deliver it: who has seen it may drop it.</summary>
    public required string Delivery { get; init; }

    public required string Project { get; init; }

    public required string Alert { get; init; }

    /// <summary>What it is about, such as <c>service/environment</c>; may be empty.</summary>
    public required string Target { get; init; }

    public required AlertChange Change { get; init; }

    public required AlertSeverity Severity { get; init; }

    /// <summary>Such as <c>latency.p99 &gt; 50</c>.</summary>
    public required string Condition { get; init; }

    /// <summary>Null when nothing was known at the end.</summary>
    public double? Value { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? FiredAt { get; init; }
}
