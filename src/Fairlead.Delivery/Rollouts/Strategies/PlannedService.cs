namespace Fairlead.Delivery.Rollouts.Strategies;

/// <summary>A service as a plan sees it.</summary>
/// <param name="Instances">Of the candidate in the end; null for a model.</param>
/// <param name="HasStable">Another server group takes the traffic.</param>
/// <param name="StableInstances">Those that it has; null for a model.</param>
internal sealed record PlannedService(string Name, int? Instances, bool HasStable, int? StableInstances);
