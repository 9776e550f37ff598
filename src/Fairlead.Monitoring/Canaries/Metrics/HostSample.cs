using Fairlead.Domain.Deployments;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>What one host said of a server group at one time. Counts and times are since the host took the group up; what it does not say is null.</summary>
/// <param name="Host">The process.</param>
/// <param name="Waiting">Now.</param>
/// <param name="InferenceSeconds">In the model or in instances.</param>
/// <param name="ProcessorSeconds">Of instances.</param>
/// <param name="MemoryBytes">Of instances, now.</param>
/// <param name="Ready">Instances that take requests now.</param>
internal sealed record HostSample(
    DateTimeOffset At,
    ServerGroupName Group,
    string Host,
    long Answered,
    long? Shed,
    long? Waiting,
    double? InferenceSeconds = null,
    double? ProcessorSeconds = null,
    long? MemoryBytes = null,
    int? Ready = null);
