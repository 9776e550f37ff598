namespace Fairlead.Domain.Deployments;

/// <summary>The seam to changes of single server groups, within what guards the traffic. Whatever stands already as asked is left alone.</summary>
/// <remarks>
/// All throw <see cref="Problems.FairleadException"/>: NotFound: no such group; Conflict: the guard, an experiment or another change; Invalid: shares or instances that cannot be;
/// Failed and Unavailable: the host.
/// </remarks>
public interface IServerGroupChanges
{
    /// <summary>All that are recorded of a service in an environment, newest first; null means every service.</summary>
    Task<IReadOnlyList<ServerGroup>> ListAsync(string environment, string? service, CancellationToken cancellationToken);

    /// <param name="weights">They sum to 100 %; groups of the service that are not named get none and stay warm.</param>
    Task SetTrafficAsync(string environment, string service, IReadOnlyDictionary<ServerGroupName, Weight> weights, string user, CancellationToken cancellationToken);

    /// <summary>Takes its traffic away and keeps it warm.</summary>
    Task DisableAsync(ServerGroupName name, string user, CancellationToken cancellationToken);

    /// <summary>Takes it away from the hosts.</summary>
    Task DestroyAsync(ServerGroupName name, string user, CancellationToken cancellationToken);

    Task ResizeAsync(ServerGroupName name, int instances, string user, CancellationToken cancellationToken);
}
