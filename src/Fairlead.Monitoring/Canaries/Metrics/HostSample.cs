namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>What one host said of a server group at one time.</summary>
/// <param name="Host">The process.</param>
/// <param name="Answered">Since the host took the group up.</param>
/// <param name="Shed">The same; null when it does not say.</param>
/// <param name="Waiting">Now; null when it does not say.</param>
internal sealed record HostSample(DateTimeOffset At, string Host, long Answered, long? Shed, long? Waiting);
