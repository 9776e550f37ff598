using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Deployments;

/// <summary>One thing that happened in a deployment, in order.</summary>
/// <param name="Release">The release that is deployed.</param>
/// <param name="ServerGroups">The groups that it is about.</param>
/// <param name="Version">Of the desired state, where one was published.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record DeployEvent(
    DeployEventKind Kind, string Environment, ReleaseName Release, IReadOnlyList<ServerGroupName> ServerGroups, long? Version, string Message);
