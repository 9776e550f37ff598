using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Deployments;

/// <summary>The seam to the catalog's server groups and the desired state that follows from them.</summary>
public interface IServerGroupCatalog
{
    /// <summary>Records new server groups, each under the next free number of its service and environment.</summary>
    Task<IReadOnlyList<ServerGroup>> AddAsync(
        IReadOnlyList<(string Service, string Environment, Func<ServerGroupName, ServerGroup> Create)> groups,
        CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the records of known groups and publishes the desired state that follows from all groups, in one transaction.
    /// Returns the desired state, whose version is one higher than before.
    /// </summary>
    /// <param name="changed">May be empty.</param>
    /// <param name="publish">Makes the desired state from its version and every group that is recorded and not destroyed.</param>
    Task<DesiredState> UpdateAsync(
        IReadOnlyList<ServerGroup> changed,
        Func<long, IReadOnlyList<ServerGroup>, DesiredState> publish,
        CancellationToken cancellationToken);

    Task<ServerGroup?> FindAsync(ServerGroupName name, CancellationToken cancellationToken);

    /// <summary>Newest first; null means all.</summary>
    Task<IReadOnlyList<ServerGroup>> ListAsync(string? environment, string? service, CancellationToken cancellationToken);

    /// <summary>The last published desired state, or null before the first.</summary>
    Task<DesiredState?> FindDesiredStateAsync(CancellationToken cancellationToken);
}
