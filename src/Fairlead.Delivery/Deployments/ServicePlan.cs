using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Deployments;

/// <summary>How one service gets to what was ordered.</summary>
/// <param name="Configuration">Digest of what its environment gives it.</param>
/// <param name="Existing">The group that runs the release already; null when one must be made.</param>
/// <param name="Leftovers">Groups that an earlier deployment prepared and nobody waits for any more.</param>
internal sealed record ServicePlan(ReleasedService Service, Digest Configuration, ServerGroup? Existing, bool IsLive, IReadOnlyList<ServerGroupName> Leftovers)
{
    public bool MustBePrepared => Existing is null or { Status: ServerGroupStatus.Preparing };

    /// <param name="groups">Every group of the service in the environment.</param>
    public static ServicePlan For(
        ReleaseName release, ReleasedService service, Digest configuration, Weight weight, IReadOnlyList<ServerGroup> groups)
    {
        // A warm group is switched to at once; one left behind in preparation is waited for again, so that a second attempt goes on where the first gave up.
        var existing = groups
            .Where(group => group.Release == release && group.Configuration == configuration && group.IsBaseline is not true
                && group.Status is ServerGroupStatus.Enabled or ServerGroupStatus.Disabled or ServerGroupStatus.Preparing)
            .OrderByDescending(group => group.Status == ServerGroupStatus.Enabled)
            .ThenByDescending(group => group.Status == ServerGroupStatus.Disabled)
            .ThenByDescending(group => group.Name.Number)
            .FirstOrDefault();
        var isLive = existing is { Status: ServerGroupStatus.Enabled } && existing.Weight == weight;
        var leftovers = groups
            .Where(group => group.Status == ServerGroupStatus.Preparing && group.Name != existing?.Name)
            .Select(group => group.Name)
            .ToList();
        return new ServicePlan(service, configuration, existing, isLive, leftovers);
    }
}
