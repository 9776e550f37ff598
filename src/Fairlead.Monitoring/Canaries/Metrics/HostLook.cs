namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>What all hosts said at one time of the server groups that can be compared.</summary>
internal sealed record HostLook(DateTimeOffset At, IReadOnlyList<HostSample> Samples);
