namespace Fairlead.Domain.Services;

/// <summary>How and how often an instance is asked whether it is well.</summary>
public sealed record HealthCheck
{
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

    public HealthKind Kind { get; init; } = HealthKind.Tcp;

    /// <summary>For HTTP the path, such as <c>/healthz</c>; for gRPC the service's name, empty for the whole server.</summary>
    public string Target { get; init; } = "";

    public TimeSpan Interval { get; init; } = DefaultInterval;

    public TimeSpan Timeout { get; init; } = DefaultTimeout;
}
