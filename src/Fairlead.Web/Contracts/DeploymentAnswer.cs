using Fairlead.Domain.Deployments;

namespace Fairlead.Web.Contracts;

/// <summary>What a deployment or rollback did.</summary>
/// <param name="ServerGroups">Every server group that changed, as it is now.</param>
/// <param name="Changed">False when everything was so already.</param>
public sealed record DeploymentAnswer(IReadOnlyList<ServerGroup> ServerGroups, bool Changed);
