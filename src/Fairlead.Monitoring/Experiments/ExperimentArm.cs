using Fairlead.Domain.Deployments;

namespace Fairlead.Monitoring.Experiments;

/// <summary>A server group that units are assigned to.</summary>
/// <param name="Share">Of the traffic of the service.</param>
public sealed record ExperimentArm(ServerGroupName ServerGroup, Weight Share);
