using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Releases;

namespace Fairlead.Roles.Evidence;

/// <summary>The release that is judged beside what is live where it would go.</summary>
/// <param name="Live">By service, the server group that leads the traffic; those that have none are left out.</param>
internal sealed record Comparison(Release Candidate, IReadOnlyDictionary<string, ServerGroup> Live)
{
    /// <summary>Null when no release is judged, or it would go nowhere in particular.</summary>
    public static async Task<Comparison?> ReadAsync(EvidenceRequest request, IReleaseCatalog releases, IServerGroupCatalog groups, CancellationToken cancellationToken)
    {
        if (request is not { Environment: { } environment, Release: { } name } || await releases.FindAsync(name, cancellationToken) is not { } candidate)
            return null;
        var live = (await groups.ListAsync(environment, null, cancellationToken)).Where(group => group.Status == ServerGroupStatus.Enabled)
            .GroupBy(group => group.Name.Service, StringComparer.Ordinal)
            .ToDictionary(service => service.Key, service => service.MaxBy(group => group.Weight.Hundredths)!, StringComparer.Ordinal);
        return new Comparison(candidate, live);
    }

    /// <summary>The releases that are live, newest first.</summary>
    public IReadOnlyList<ReleaseName> LiveReleases => [.. Live.Values.Select(group => group.Release).Distinct().OrderDescending()];
}
