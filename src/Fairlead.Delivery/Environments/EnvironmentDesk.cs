using Fairlead.Delivery.Deployments;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Environments;

/// <summary>Shows environments, with what they inherit and what runs there, and in what they differ. Changes nothing.</summary>
public sealed class EnvironmentDesk(IWorkspace workspace, IReleaseCatalog releases, IServerGroupCatalog groups, EnvironmentConfigurations configurations, TimeProvider time) : IServiceConfigurations
{
    private const string Config = "config";
    private const string Secrets = "secrets";
    private const string Instances = "instances";
    private const string Settings = "settings";
    private const string Services = "services";
    private static readonly string[] Order = [Settings, Config, Secrets, Instances, Services];

    /// <summary>All of them, in the order of the project file.</summary>
    /// <exception cref="FairleadException">Invalid: the project file cannot be read.</exception>
    public async Task<IReadOnlyList<EnvironmentReport>> ListAsync(CancellationToken cancellationToken)
    {
        var environments = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project.Environments;
        var live = (await groups.ListAsync(null, null, cancellationToken).ConfigureAwait(false)).Where(IsLive).ToLookup(group => group.Name.Environment, StringComparer.Ordinal);
        return [.. environments.Select(environment => new EnvironmentReport(environment, Sorted(live[environment.Name])))];
    }

    /// <exception cref="FairleadException">NotFound; Invalid: the project file cannot be read.</exception>
    public async Task<EnvironmentReport> FindAsync(string name, CancellationToken cancellationToken) =>
        new(await RequireAsync(name, cancellationToken).ConfigureAwait(false), Sorted((await groups.ListAsync(name, null, cancellationToken).ConfigureAwait(false)).Where(IsLive)));

    /// <summary>In what two environments differ: how they are deployed to, what they give to services, and what runs in them.</summary>
    /// <exception cref="FairleadException">NotFound; Invalid: the project file cannot be read.</exception>
    public async Task<EnvironmentDiff> DiffAsync(string left, string right, CancellationToken cancellationToken)
    {
        var (one, other) = (await FindAsync(left, cancellationToken).ConfigureAwait(false), await FindAsync(right, cancellationToken).ConfigureAwait(false));
        var entries = Compare(Settings, DeclaredBy(one.Environment), DeclaredBy(other.Environment))
            .Select(entry => entry.Key.Split('.')[0] is Config or Secrets or Instances ? entry with { Section = entry.Key.Split('.')[0], Key = entry.Key[(entry.Key.IndexOf('.') + 1)..] } : entry)
            .Concat(Compare(Services, await StandsOf(one.Live, cancellationToken).ConfigureAwait(false), await StandsOf(other.Live, cancellationToken).ConfigureAwait(false)));
        return new EnvironmentDiff(left, right, Sorted(entries), []);
    }

    /// <summary>What a deployment would change, worked out before anything changes: releases, models, code, configuration, secrets' versions and instances.</summary>
    /// <param name="name">Null for the newest.</param>
    /// <param name="services">Names; none means all of the release.</param>
    /// <exception cref="FairleadException">NotFound: environment, release or service; Conflict: no release yet; Invalid: the project file cannot be read.</exception>
    public async Task<EnvironmentDiff> PreviewAsync(string environment, ReleaseName? name, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        var definition = await RequireAsync(environment, cancellationToken).ConfigureAwait(false);
        var release = await DeployTargets.FindReleaseAsync(releases, name, cancellationToken).ConfigureAwait(false);
        var rendering = configurations.Render(release, DeployTargets.Services(release, services), definition);
        var present = await groups.ListAsync(environment, null, cancellationToken).ConfigureAwait(false);
        var (left, right) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new SortedDictionary<string, string>(StringComparer.Ordinal));
        foreach (var rendered in rendering.Services)
        {
            var own = present.Where(group => group.Name.Service == rendered.Service.Name).ToList();
            var lead = TrafficRules.Lead(own);
            if (lead is not null)
                await AddAsync(left, lead, cancellationToken).ConfigureAwait(false);
            foreach (var (key, text) in ServiceStand.Of(release.Name, rendered.Service, rendered.Configuration.Secrets))
                right[key] = text;
            var plan = ServicePlan.For(release.Name, rendered.Service, rendered.Digest, Weight.All, own);
            right[ServiceStand.Key(rendered.Service, "server group")] = plan.MustBePrepared ? "a new one" : plan.Existing!.Name.ToString();
            if (lead is not null)
                left[ServiceStand.Key(rendered.Service, "server group")] = lead.Name.ToString();
        }

        var closed = definition.Calendar.WhyClosed(environment, time.GetUtcNow());
        return new EnvironmentDiff(environment, $"{environment} with {release.Name}", Sorted(Compare(Services, left, right)), closed is null ? rendering.Problems : [.. rendering.Problems, closed]);
    }

    public async Task<ReleasedService> ConfigureAsync(Release release, ReleasedService service, string environment, CancellationToken cancellationToken)
    {
        var rendering = configurations.RenderOnly(release, service, await RequireAsync(environment, cancellationToken).ConfigureAwait(false));
        return rendering.Problems.Count == 0 ? rendering.Services[0].Service : throw FairleadException.Invalid(string.Join('\n', rendering.Problems));
    }

    private async Task<EnvironmentDefinition> RequireAsync(string name, CancellationToken cancellationToken)
    {
        var project = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project;
        return project.Environments.FirstOrDefault(environment => environment.Name == name)
            ?? throw FairleadException.NotFound($"There is no environment '{name}' in the project '{project.Name}' ({NearestName.Hint(name, [.. project.Environments.Select(environment => environment.Name)])}).");
    }

    private static SortedDictionary<string, string> DeclaredBy(EnvironmentDefinition environment) =>
        new((environment.Values ?? []).ToDictionary(value => value.Key, value => ConfigJson.Text(value.Value), StringComparer.Ordinal), StringComparer.Ordinal);

    private async Task<SortedDictionary<string, string>> StandsOf(IReadOnlyList<ServerGroup> live, CancellationToken cancellationToken)
    {
        var stands = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in live.GroupBy(group => group.Name.Service, StringComparer.Ordinal))
        {
            var lead = TrafficRules.Lead(service) ?? service.First();
            await AddAsync(stands, lead, cancellationToken).ConfigureAwait(false);
            stands[ServiceStand.Key(lead.Service, "traffic")] = ServiceStand.Traffic(service);
        }

        return stands;
    }

    private async Task AddAsync(SortedDictionary<string, string> stands, ServerGroup group, CancellationToken cancellationToken)
    {
        foreach (var (key, text) in ServiceStand.Of(group.Release, group.Service, await SecretsOf(group, cancellationToken).ConfigureAwait(false)))
            stands[key] = text;
    }

    /// <summary>With versions, as they were when it was made; without where the store lost that.</summary>
    private async Task<IReadOnlyDictionary<string, string>> SecretsOf(ServerGroup group, CancellationToken cancellationToken)
    {
        try
        {
            return (await configurations.ReadAsync(group.Configuration, cancellationToken).ConfigureAwait(false)).Secrets;
        }
        catch (FairleadException)
        {
            return group.Service.Command?.Settings.Secrets ?? new Dictionary<string, string>();
        }
    }

    private static IEnumerable<DiffEntry> Compare(string section, SortedDictionary<string, string> left, SortedDictionary<string, string> right) =>
        left.Keys.Union(right.Keys).Select(key => new DiffEntry(section, key, left.GetValueOrDefault(key), right.GetValueOrDefault(key))).Where(entry => entry.Left != entry.Right);

    private static List<DiffEntry> Sorted(IEnumerable<DiffEntry> entries) =>
        [.. entries.OrderBy(entry => Array.IndexOf(Order, entry.Section)).ThenBy(entry => entry.Key, StringComparer.Ordinal)];

    private static List<ServerGroup> Sorted(IEnumerable<ServerGroup> groups) =>
        [.. groups.OrderBy(group => group.Name.Service, StringComparer.Ordinal).ThenBy(group => group.Name.Number)];

    private static bool IsLive(ServerGroup group) => group.Status == ServerGroupStatus.Enabled;
}
