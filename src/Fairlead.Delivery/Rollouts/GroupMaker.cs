using Fairlead.Delivery.Environments;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Makes the server groups of a rollout, and finds those that it has made already.</summary>
internal sealed class GroupMaker(IReleaseCatalog releases, IServerGroupCatalog catalog, EnvironmentConfigurations configurations, TimeProvider time)
{
    /// <summary>The targets, each with its groups.</summary>
    public async Task<IReadOnlyList<RolloutTarget>> MakeAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var groups = await catalog.ListAsync(rollout.Environment, null, cancellationToken).ConfigureAwait(false);
        var made = groups.Where(group => group.Origin is not null).DistinctBy(group => group.Origin).ToDictionary(group => group.Origin!, group => group.Name, StringComparer.Ordinal);
        var wanted = await WantedAsync(rollout, groups, cancellationToken).ConfigureAwait(false);
        var missing = wanted.Where(group => !made.ContainsKey(group.Origin)).ToList();
        if (missing.Count > 0)
        {
            // Not cancelled: whether it happened must be known.
            var created = await catalog.AddAsync(
                [.. missing.Select(group => (group.Service.Name, rollout.Environment, (Func<ServerGroupName, ServerGroup>)(name => New(name, group, rollout))))], CancellationToken.None).ConfigureAwait(false);
            foreach (var group in created)
                made[group.Origin!] = group.Name;
        }

        return [.. rollout.Targets.Select(target => target with
        {
            Candidate = target.Candidate ?? made[StepRules.OriginOf(rollout, target.Service, isBaseline: false)],
            Baseline = made.TryGetValue(StepRules.OriginOf(rollout, target.Service, isBaseline: true), out var baseline) ? baseline : null,
        })];
    }

    private async Task<List<WantedGroup>> WantedAsync(Rollout rollout, IReadOnlyList<ServerGroup> groups, CancellationToken cancellationToken)
    {
        var wanted = new List<WantedGroup>();
        foreach (var target in rollout.Targets)
        {
            var share = rollout.Steps[0].Shares.First(candidate => candidate.Service == target.Service);
            if (target.Candidate is null)
            {
                var origin = StepRules.OriginOf(rollout, target.Service, isBaseline: false);
                wanted.Add(target.Repeats is { } name
                    ? Repeat(Known(groups, name), origin, isBaseline: false, share.Instances)
                    : new WantedGroup(rollout.Release, await ServiceAsync(rollout, target, cancellationToken).ConfigureAwait(false), target.Configuration ?? GroupConfiguration.EmptyDigest, origin, IsBaseline: false, share.Instances));
            }

            if (target.Stable is { } stable && rollout.Steps.Any(step => step.Shares.Any(at => at.Service == target.Service && at.Baseline != Weight.None)))
                wanted.Add(Repeat(Known(groups, stable), StepRules.OriginOf(rollout, target.Service, isBaseline: true), isBaseline: true, null));
        }

        return wanted;
    }

    private async Task<ReleasedService> ServiceAsync(Rollout rollout, RolloutTarget target, CancellationToken cancellationToken)
    {
        var release = await releases.FindAsync(rollout.Release, cancellationToken).ConfigureAwait(false)
            ?? throw FairleadException.NotFound($"There is no release '{rollout.Release}' any more: deploy another.");
        return ConfigurationRenderer.Apply(release.Services.First(candidate => candidate.Name == target.Service), await configurations.ReadAsync(target.Configuration, cancellationToken).ConfigureAwait(false));
    }

    private static ServerGroup Known(IReadOnlyList<ServerGroup> groups, ServerGroupName name) =>
        groups.FirstOrDefault(group => group.Name == name) ?? throw FairleadException.NotFound($"There is no server group '{name}' any more: deploy a release instead.");

    private static WantedGroup Repeat(ServerGroup group, string origin, bool isBaseline, int? instances) =>
        new(group.Release, group.Service, group.Configuration, origin, isBaseline, instances);

    private ServerGroup New(ServerGroupName name, WantedGroup group, Rollout rollout) => new()
    {
        Name = name,
        Release = group.Release,
        Service = group.Service,
        Configuration = group.Configuration,
        Status = ServerGroupStatus.Preparing,
        Weight = Weight.None,
        Instances = group.Instances,
        IsBaseline = group.IsBaseline ? true : null,
        Origin = group.Origin,
        CreatedAt = time.GetUtcNow(),
        CreatedBy = rollout.StartedBy,
    };

    private sealed record WantedGroup(ReleaseName Release, ReleasedService Service, Digest Configuration, string Origin, bool IsBaseline, int? Instances);
}
