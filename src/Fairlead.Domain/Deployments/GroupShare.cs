namespace Fairlead.Domain.Deployments;

/// <summary>How a server group stood when a rollout began.</summary>
/// <param name="Instances">Null for what its release says, and for a model.</param>
public sealed record GroupShare(ServerGroupName ServerGroup, Weight Weight, int? Instances);
