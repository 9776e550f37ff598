using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.Deployments;

/// <summary>
/// Brings releases into environments and back: new server groups are made ready without traffic first, then all services switch in one update,
/// and what was live before stays warm for the way back.
/// </summary>
public sealed class Deployer : IExperimentTraffic
{
    /// <summary>What an environment without configuration of its own gives to every service.</summary>
    internal static readonly Digest EmptyConfiguration = Digest.Of("{}"u8);

    private readonly IServerGroupCatalog catalog;
    private readonly DesiredStates states;
    private readonly TimeProvider time;
    private readonly ILogger<Deployer> logger;
    private readonly EnvironmentHolds holds = new();
    private readonly DeployTargets targets;
    private readonly Preparation preparation;
    private readonly TrafficSwitch traffic;

    public Deployer(
        IReleaseCatalog releases, IServerGroupCatalog catalog, DesiredStates states, HostReports hosts, TimeProvider time, ILogger<Deployer> logger)
    {
        this.catalog = catalog;
        this.states = states;
        this.time = time;
        this.logger = logger;
        targets = new DeployTargets(releases, catalog, states);
        var confirmation = new Confirmation(catalog, states, hosts, logger);
        preparation = new Preparation(catalog, states, confirmation, time);
        traffic = new TrafficSwitch(states, confirmation);
    }

    /// <summary>
    /// Deploys a release: its services are made ready together and enabled together, or none of them is. A server group of the same release that is
    /// still warm is enabled again at once instead of making another. Services of the environment that the release does not hold are left as they are.
    /// </summary>
    /// <param name="onEvent">Called in order from one thread at a time; must not throw.</param>
    /// <exception cref="FairleadException">
    /// NotFound: environment, release or service; Conflict: no release yet, or another change of this environment is under way; Invalid: a weight
    /// that cannot be; Failed: the host cannot make a group ready, what was live goes on; Unavailable: no host answers within 30 s, the state is published.
    /// </exception>
    public async Task<Deployment> DeployAsync(DeployOrder order, Action<DeployEvent> onEvent, CancellationToken cancellationToken)
    {
        if (order.Weight == Weight.None)
            throw FairleadException.Invalid("A deployment with a weight of '0%' would take no traffic: give a weight above 0%.");
        await targets.RequireEnvironmentAsync(order.Environment, cancellationToken).ConfigureAwait(false);
        using var hold = holds.Take(order.Environment, "A deployment to");
        try
        {
            var release = await targets.ReleaseAsync(order.Release, cancellationToken).ConfigureAwait(false);
            var services = DeployTargets.Services(release, order.Services);
            var groups = await catalog.ListAsync(order.Environment, null, cancellationToken).ConfigureAwait(false);
            var plans = services.Select(service => PlanOf(release, service, order, groups)).ToList();
            var narrator = new DeployNarrator(order.Environment, release.Name, onEvent);
            return plans.TrueForAll(plan => plan.IsLive)
                ? await UnchangedAsync(order, release.Name, groups, narrator, cancellationToken).ConfigureAwait(false)
                : await DeployAsync(order, release.Name, [.. plans.Where(plan => !plan.IsLive)], narrator, cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e)
        {
            Log.DeploymentFailed(logger, order.Environment, e.Message);
            throw;
        }
    }

    /// <summary>
    /// Gives the traffic back to the server groups that were live before the present ones, in one update: instant, since those are kept warm.
    /// Rolling back again goes further back, never forward; to go forward, deploy the newer release.
    /// </summary>
    /// <param name="service">Null means every service of the environment that has a way back.</param>
    /// <exception cref="FairleadException">
    /// Conflict: nothing to roll back to, or another change of this environment is under way; NotFound: environment or service; Failed: the host
    /// refused and everything is as it was; Unavailable: no host answers within 30 s, the state is published.
    /// </exception>
    public async Task<Deployment> RollBackAsync(string environment, string? service, string user, CancellationToken cancellationToken)
    {
        await targets.GroupsAsync(environment, service, cancellationToken).ConfigureAwait(false);
        using var hold = holds.Take(environment, "A rollback of");
        var change = new Change(time.GetUtcNow(), user);
        var moved = new HashSet<string>(StringComparer.Ordinal);
        var state = await traffic.ApplyAsync(
            environment,
            groups =>
            {
                var services = ServicesOf(groups).Where(candidate => service is null || candidate.Key == service).ToList();
                var movable = services.Where(candidate => Rollout.CanRollBack([.. candidate])).ToList();
                // Without any, the first one says why.
                var chosen = movable.Count > 0 ? movable : services[..1];
                moved.UnionWith(chosen.Select(candidate => candidate.Key));
                return [.. chosen.SelectMany(candidate => Rollout.RollBack([.. candidate], change))];
            },
            (published, _) => Log.RolledBack(logger, environment, string.Join(", ", moved), user, published.Version),
            static (_, _) => { },
            cancellationToken).ConfigureAwait(false);
        return await ResultAsync(environment, null, moved, state.Version, changed: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets the shares of traffic of a service's server groups; groups that are not named get none and stay warm.</summary>
    /// <param name="weights">Shares of groups that are enabled or warm; they sum to 100 %.</param>
    /// <exception cref="FairleadException">
    /// Invalid: another sum; NotFound: environment, service or group; Conflict: a group that is not warm, an experiment runs on the service, or another
    /// change is under way; Failed and Unavailable as for a rollback.
    /// </exception>
    public async Task<Deployment> SetTrafficAsync(
        string environment, string service, IReadOnlyDictionary<ServerGroupName, Weight> weights, string user, CancellationToken cancellationToken)
    {
        var state = await ShiftAsync(environment, service, (groups, change) => Rollout.SetTraffic(groups, weights, change), user, cancellationToken).ConfigureAwait(false);
        return await ResultAsync(environment, null, [service], state.Version, changed: true, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task BeginAsync(
        string environment, string service, string experiment, IReadOnlyDictionary<ServerGroupName, Weight> arms, string user, CancellationToken cancellationToken) =>
        ShiftAsync(environment, service, (groups, change) => Rollout.SetTraffic(groups, arms, change, experiment), user, cancellationToken);

    /// <inheritdoc/>
    public Task EndAsync(string environment, string service, string experiment, ServerGroupName kept, string user, CancellationToken cancellationToken) =>
        ShiftAsync(environment, service, (groups, change) => Rollout.EndExperiment(groups, experiment, kept, change), user, cancellationToken);

    /// <summary>Sets which share of its service's requests each of some warm server groups gets copies of, as a shadow; none ends that.</summary>
    /// <exception cref="FairleadException">NotFound: environment or group; Conflict: a group that takes traffic or is not warm, or another change is under way; Failed and Unavailable as for a rollback.</exception>
    public async Task<Deployment> SetMirrorsAsync(
        string environment, IReadOnlyDictionary<ServerGroupName, Weight> shares, string user, CancellationToken cancellationToken)
    {
        await targets.GroupsAsync(environment, null, cancellationToken).ConfigureAwait(false);
        using var hold = holds.Take(environment, "A change of shadows in");
        var change = new Change(time.GetUtcNow(), user);
        var state = await traffic.ApplyAsync(
            environment,
            groups => [.. shares.SelectMany(share => Rollout.Mirror(groups, share.Key, share.Value, change))],
            (published, touched) => Log.Mirrored(logger, environment, string.Join(", ", touched), user, published.Version),
            static (_, _) => { },
            cancellationToken).ConfigureAwait(false);
        return await ResultAsync(environment, null, [.. shares.Keys.Select(name => name.Service)], state.Version, changed: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// To be called once at the start, before anything else here: groups that a control plane left in preparation when it ended are failed, and the
    /// desired state is published if that, or the project's environments, changed it.
    /// </summary>
    /// <returns>How many groups were left in preparation.</returns>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken)
    {
        var interrupted = 0;
        await states.RefreshAsync(
            groups =>
            {
                var failed = Setback.Fail(
                    groups, [.. groups.Select(group => group.Name)], _ => "Interrupted: the control plane ended before the host had it ready; deploy the release again.");
                interrupted = failed.Count;
                return failed;
            },
            cancellationToken).ConfigureAwait(false);
        if (interrupted > 0)
            Log.Recovered(logger, interrupted);
        return interrupted;
    }

    private async Task<DesiredState> ShiftAsync(
        string environment, string service, Func<IReadOnlyList<ServerGroup>, Change, IReadOnlyList<ServerGroup>> transition, string user, CancellationToken cancellationToken)
    {
        await targets.GroupsAsync(environment, service, cancellationToken).ConfigureAwait(false);
        using var hold = holds.Take(environment, "A shift of traffic in");
        var change = new Change(time.GetUtcNow(), user);
        return await traffic.ApplyAsync(
            environment,
            groups => transition([.. groups.Where(group => group.Name.Service == service)], change),
            (published, touched) => Log.Switched(logger, environment, string.Join(", ", touched), user, published.Version),
            static (_, _) => { },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<Deployment> DeployAsync(
        DeployOrder order, ReleaseName release, IReadOnlyList<ServicePlan> plans, DeployNarrator narrator, CancellationToken cancellationToken)
    {
        Log.Deploying(logger, release, order.Environment, order.User, string.Join(", ", plans.Select(plan => plan.Service.Name)));
        var unready = plans.Where(plan => plan.MustBePrepared).ToList();
        IReadOnlyList<ServerGroupName> ready = [];
        if (unready.Count > 0)
        {
            ready = await preparation.RunAsync(order, release, EmptyConfiguration, unready, narrator.Preparing, narrator.Evicted, cancellationToken).ConfigureAwait(false);
            narrator.Ready(ready);
        }

        IReadOnlyList<ServerGroupName> goals = [.. ready, .. plans.Where(plan => !plan.MustBePrepared).Select(plan => plan.Existing!.Name)];
        var change = new Change(time.GetUtcNow(), order.User);
        var state = await traffic.ApplyAsync(
            order.Environment,
            groups => [.. goals.SelectMany(goal => Move([.. groups.Where(group => group.Name.Service == goal.Service)], goal))],
            (published, _) => narrator.Switching(published, goals),
            narrator.Evicted,
            cancellationToken).ConfigureAwait(false);
        Log.Switched(logger, order.Environment, string.Join(", ", goals), order.User, state.Version);
        if (order.Mirror == Weight.None)
            narrator.Live(goals, order.Weight, state.Version);
        else
            narrator.Shadowing(goals, order.Mirror, state.Version);
        return await ResultAsync(
            order.Environment, release, [.. plans.Select(plan => plan.Service.Name)], state.Version, changed: true, cancellationToken).ConfigureAwait(false);

        IReadOnlyList<ServerGroup> Move(IReadOnlyList<ServerGroup> groups, ServerGroupName goal) => order.Mirror == Weight.None
            ? Rollout.Enable(groups, goal, order.Weight, change)
            : Rollout.Mirror(groups, goal, order.Mirror, change);
    }

    private async Task<Deployment> UnchangedAsync(
        DeployOrder order, ReleaseName release, IReadOnlyList<ServerGroup> groups, DeployNarrator narrator, CancellationToken cancellationToken)
    {
        var live = groups.Where(group => group.Release == release && group.Status == ServerGroupStatus.Enabled).ToList();
        narrator.Unchanged([.. live.Select(group => group.Name)], order.Weight);
        var version = (await states.FindAsync(cancellationToken).ConfigureAwait(false))?.Version ?? 0;
        return await ResultAsync(
            order.Environment, release, [.. live.Select(group => group.Name.Service)], version, changed: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Deployment> ResultAsync(
        string environment, ReleaseName? release, HashSet<string> services, long version, bool changed, CancellationToken cancellationToken)
    {
        var groups = await catalog.ListAsync(environment, null, cancellationToken).ConfigureAwait(false);
        var live = groups
            .Where(group => (group.Status == ServerGroupStatus.Enabled || group.Mirror != Weight.None) && services.Contains(group.Name.Service))
            .OrderBy(group => group.Name.Service, StringComparer.Ordinal)
            .ThenBy(group => group.Name.Number);
        return new Deployment { Environment = environment, Release = release, Changed = changed, Version = version, Live = [.. live] };
    }

    private static ServicePlan PlanOf(Release release, ReleasedService service, DeployOrder order, IReadOnlyList<ServerGroup> groups)
    {
        IReadOnlyList<ServerGroup> own = [.. groups.Where(group => group.Name.Service == service.Name)];
        var plan = ServicePlan.For(release.Name, service, EmptyConfiguration, order.Weight, own);
        if (order.Mirror != Weight.None)
            return plan with { IsLive = plan.Existing is { } warm && warm.Mirror == order.Mirror };
        if (!plan.IsLive)
            Rollout.RequireNoExperiment(own);
        if (order.Weight != Weight.All && !own.Any(group => group.Status == ServerGroupStatus.Enabled && group.Name != plan.Existing?.Name))
        {
            // Said before anything is loaded; the switch would refuse it all the same.
            throw FairleadException.Invalid(
                $"Nothing else of '{service.Name}' takes traffic in '{order.Environment}' to keep the other {new Weight(Weight.Whole - order.Weight.Hundredths)}: deploy it with 100%.");
        }

        return plan;
    }

    private static IEnumerable<IGrouping<string, ServerGroup>> ServicesOf(IReadOnlyList<ServerGroup> groups) =>
        groups.GroupBy(group => group.Name.Service, StringComparer.Ordinal).OrderBy(service => service.Key, StringComparer.Ordinal);
}
