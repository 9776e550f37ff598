using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Deployments;

/// <summary>Finds what an order names, or says what it most likely meant.</summary>
internal sealed class DeployTargets(IReleaseCatalog releases, IServerGroupCatalog catalog, DesiredStates states)
{
    private const int HintedReleases = 100;

    /// <summary>The environment as the project file has it now.</summary>
    /// <exception cref="FairleadException">NotFound; Invalid: the project file cannot be read.</exception>
    public async Task<EnvironmentDefinition> RequireEnvironmentAsync(string environment, CancellationToken cancellationToken) =>
        Find(await states.RequireProjectAsync(cancellationToken).ConfigureAwait(false), environment);

    /// <summary>The named release, or the newest.</summary>
    public Task<Release> ReleaseAsync(ReleaseName? name, CancellationToken cancellationToken) => FindReleaseAsync(releases, name, cancellationToken);

    /// <inheritdoc cref="ReleaseAsync"/>
    public static async Task<Release> FindReleaseAsync(IReleaseCatalog releases, ReleaseName? name, CancellationToken cancellationToken)
    {
        if (name is { } wanted && await releases.FindAsync(wanted, cancellationToken).ConfigureAwait(false) is { } release)
            return release;
        var newest = await releases.ListAsync(HintedReleases, cancellationToken).ConfigureAwait(false);
        if (newest.Count == 0)
            throw FairleadException.Conflict("There is no release yet to deploy: make one with 'fairlead release'.");
        if (name is null)
            return newest[0];
        throw FairleadException.NotFound(
            $"There is no release '{name}' ({NearestName.Hint(name.Value.ToString(), [.. newest.Select(known => known.Name.ToString())])}).");
    }

    /// <summary>The ordered services of the release, in the release's order.</summary>
    public static IReadOnlyList<ReleasedService> Services(Release release, IReadOnlyList<string> names)
    {
        var known = release.Services.Select(service => service.Name).ToList();
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw FairleadException.NotFound($"Release {release.Name} has no service '{unknown}' ({NearestName.Hint(unknown, known)}).");
        return names.Count == 0 ? release.Services : [.. release.Services.Where(service => names.Contains(service.Name))];
    }

    /// <summary>Every recorded group of the environment, or of one service in it; an environment or service that never had one is not found.</summary>
    public async Task<IReadOnlyList<ServerGroup>> GroupsAsync(string environment, string? service, CancellationToken cancellationToken)
    {
        var groups = await catalog.ListAsync(environment, null, cancellationToken).ConfigureAwait(false);
        if (groups.Count == 0)
        {
            Find(await states.ReadProjectAsync(cancellationToken).ConfigureAwait(false), environment);
            throw FairleadException.Conflict($"Nothing was ever deployed to '{environment}': deploy a release with 'fairlead deploy {environment}'.");
        }

        if (service is null)
            return groups;
        var known = groups.Select(group => group.Name.Service).Distinct(StringComparer.Ordinal).ToList();
        return known.Contains(service)
            ? [.. groups.Where(group => group.Name.Service == service)]
            : throw FairleadException.NotFound($"The service '{service}' was never deployed to '{environment}' ({NearestName.Hint(service, known)}).");
    }

    private static EnvironmentDefinition Find(KnownProject project, string environment) =>
        project.Environments.FirstOrDefault(candidate => candidate.Name == environment)
            ?? throw FairleadException.NotFound(
                $"There is no environment '{environment}' in the project '{project.Name}' ({NearestName.Hint(environment, [.. project.Environments.Select(candidate => candidate.Name)])}).");
}
