using Fairlead.Delivery.Deployments;
using Fairlead.Domain.Deployments;

namespace Fairlead.Roles.Stages;

/// <summary>Changes server groups for stages, by what people change them by.</summary>
internal sealed class ServerGroupChanges(ServerGroupDesk desk, Deployer deployer, IServerGroupCatalog catalog) : IServerGroupChanges
{
    public Task<IReadOnlyList<ServerGroup>> ListAsync(string environment, string? service, CancellationToken cancellationToken) => catalog.ListAsync(environment, service, cancellationToken);

    public Task SetTrafficAsync(string environment, string service, IReadOnlyDictionary<ServerGroupName, Weight> weights, string user, CancellationToken cancellationToken) =>
        deployer.SetTrafficAsync(environment, service, weights, user, cancellationToken);

    public Task DisableAsync(ServerGroupName name, string user, CancellationToken cancellationToken) => desk.DisableAsync(name, user, cancellationToken);

    public Task DestroyAsync(ServerGroupName name, string user, CancellationToken cancellationToken) => desk.DestroyAsync(name, user, cancellationToken);

    public Task ResizeAsync(ServerGroupName name, int instances, string user, CancellationToken cancellationToken) => desk.ResizeAsync(name, instances, user, cancellationToken);
}
