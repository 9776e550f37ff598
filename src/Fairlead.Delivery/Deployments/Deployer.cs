using Fairlead.Delivery.Rollouts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.Deployments;

/// <summary>
/// What people ask for and wait for: a release in an environment, the way back, shares of traffic. Deployments and rollbacks are rollouts;
/// who asks waits until the release is live, or, where it comes step by step, only until it is on its way.
/// </summary>
public sealed class Deployer : IExperimentTraffic
{
    private readonly IServerGroupCatalog catalog;
    private readonly DesiredStates states;
    private readonly RolloutDesk rollouts;
    private readonly TimeProvider time;
    private readonly ILogger<Deployer> logger;
    private readonly DeployTargets targets;

    public Deployer(IReleaseCatalog releases, IServerGroupCatalog catalog, DesiredStates states, RolloutDesk rollouts, TimeProvider time, ILogger<Deployer> logger)
    {
        this.catalog = catalog;
        this.states = states;
        this.rollouts = rollouts;
        this.time = time;
        this.logger = logger;
        targets = new DeployTargets(releases, catalog, states);
    }

    /// <summary>
    /// Deploys a release: its services are made ready together and enabled together, or none of them is. A server group of the same release that is
    /// still warm is enabled again at once instead of making another. Services of the environment that the release does not hold are left as they are.
    /// Returns when the release is live; with a strategy of several steps as soon as it has begun.
    /// </summary>
    /// <param name="onEvent">Called in order from one thread at a time; must not throw.</param>
    /// <param name="cancellationToken">Takes the deployment back when it is not live yet.</param>
    /// <exception cref="FairleadException">
    /// NotFound: environment, release or service; Conflict: no release yet, or another change of this environment is under way; Invalid: a weight or
    /// strategy that cannot be; Failed: the host cannot make a group ready, what was live goes on; Unavailable: no host answers within 30 s.
    /// </exception>
    public async Task<Deployment> DeployAsync(DeployOrder order, Action<DeployEvent> onEvent, CancellationToken cancellationToken)
    {
        if (order.Weight == Weight.None)
            throw FairleadException.Invalid("A deployment with a weight of '0%' would take no traffic: give a weight above 0%.");
        var started = await rollouts.StartAsync(
            new RolloutOrder
            {
                Key = order.Key,
                Environment = order.Environment,
                Release = order.Release,
                Services = order.Services,
                Strategy = order.Mirror != Weight.None ? new Strategy { Kind = StrategyKind.Shadow, Mirror = order.Mirror } : order.Strategy,
                Weight = order.Weight,
                Override = order.Override,
                User = order.User,
            },
            onEvent,
            cancellationToken).ConfigureAwait(false);
        if (started.Outcome == RolloutOutcome.Unchanged)
        {
            var narrator = new DeployNarrator(order.Environment, started.Release, onEvent);
            narrator.Unchanged([.. started.Targets.Select(target => target.Candidate).OfType<ServerGroupName>()], order.Weight);
        }

        var rollout = started.Steps.Count > 1 ? started : await SettleAsync(started, order.User, cancellationToken).ConfigureAwait(false);
        return await ResultAsync(rollout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives the traffic back to the server groups that were live before the present ones, in one update where those are warm. Rolling back
    /// again goes further back, never forward; to go forward, deploy the newer release. While a rollout is under way, it is what is undone.
    /// </summary>
    /// <param name="service">Null means every service of the environment that has a way back.</param>
    /// <exception cref="FairleadException">
    /// Conflict: nothing to roll back to, or another change of this environment is under way; NotFound: environment or service; Failed: the host
    /// refused and everything is as it was; Unavailable: no host answers within 30 s, the state is published.
    /// </exception>
    public Task<Deployment> RollBackAsync(string environment, string? service, string user, CancellationToken cancellationToken) =>
        RollBackAsync(new RollbackOrder { Environment = environment, Service = service, User = user }, cancellationToken);

    /// <inheritdoc cref="RollBackAsync(string, string?, string, CancellationToken)"/>
    public async Task<Deployment> RollBackAsync(RollbackOrder order, CancellationToken cancellationToken)
    {
        var started = await rollouts.RollBackAsync(order, cancellationToken).ConfigureAwait(false);
        var ended = await rollouts.WaitAsync(started.Number, now => now.IsEnded || IsSilent(now), Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        if (ended.Outcome != RolloutOutcome.Aborted)
            Require(ended);
        return await ResultAsync(ended, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets the shares of traffic of a service's server groups; groups that are not named get none and stay warm.</summary>
    /// <param name="weights">Shares of groups that are enabled or warm; they sum to 100 %.</param>
    /// <exception cref="FairleadException">
    /// Invalid: another sum; NotFound: environment, service or group; Conflict: a group that is not warm, an experiment runs on the service, fewer instances
    /// than the environment guards, or another change is under way; Failed and Unavailable as for a rollback.
    /// </exception>
    public async Task<Deployment> SetTrafficAsync(
        string environment, string service, IReadOnlyDictionary<ServerGroupName, Weight> weights, string user, CancellationToken cancellationToken)
    {
        var (state, changed) = await ShiftAsync(environment, service, (groups, change) => TrafficGuard.Check(groups, TrafficRules.SetTraffic(groups, weights, change), change.Policy), user, cancellationToken).ConfigureAwait(false);
        var result = await ResultAsync(environment, [service], state.Version, cancellationToken).ConfigureAwait(false);
        return result with { Changed = changed };
    }

    /// <inheritdoc/>
    public Task BeginAsync(
        string environment, string service, string experiment, IReadOnlyDictionary<ServerGroupName, Weight> arms, string user, CancellationToken cancellationToken) =>
        ShiftAsync(environment, service, (groups, change) => TrafficRules.SetTraffic(groups, arms, change, experiment), user, cancellationToken);

    /// <inheritdoc/>
    public Task EndAsync(string environment, string service, string experiment, ServerGroupName kept, string user, CancellationToken cancellationToken) =>
        ShiftAsync(environment, service, (groups, change) => TrafficRules.EndExperiment(groups, experiment, kept, change), user, cancellationToken);

    /// <summary>Sets which share of its service's requests each of some warm server groups gets copies of, as a shadow; none ends that.</summary>
    /// <exception cref="FairleadException">NotFound: environment or group; Conflict: a group that takes traffic or is not warm, or another change is under way; Failed and Unavailable as for a rollback.</exception>
    public async Task<Deployment> SetMirrorsAsync(
        string environment, IReadOnlyDictionary<ServerGroupName, Weight> shares, string user, CancellationToken cancellationToken)
    {
        await targets.GroupsAsync(environment, null, cancellationToken).ConfigureAwait(false);
        using var hold = await rollouts.HoldAsync(environment, "A change of shadows in", cancellationToken).ConfigureAwait(false);
        var change = new Change(time.GetUtcNow(), user);
        var changed = false;
        var state = await rollouts.Traffic.ApplyAsync(
            environment,
            groups => [.. shares.SelectMany(share => TrafficRules.Mirror(groups, share.Key, share.Value, change))],
            (published, touched) =>
            {
                changed = touched.Count > 0;
                if (changed)
                    Log.Mirrored(logger, environment, string.Join(", ", touched), user, published.Version);
            },
            static (_, _) => { },
            cancellationToken).ConfigureAwait(false);
        var result = await ResultAsync(environment, [.. shares.Keys.Select(name => name.Service)], state.Version, cancellationToken).ConfigureAwait(false);
        return result with { Changed = changed };
    }

    /// <summary>
    /// To be called once at the start, before anything else here: rollouts that a control plane left under way go on, other groups that it left in
    /// preparation are failed, and the desired state is published if that, or the project's environments, changed it.
    /// </summary>
    /// <returns>How many groups were left in preparation that nobody goes on with.</returns>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken)
    {
        var interrupted = 0;
        var taken = await rollouts.RecoverAsync(cancellationToken).ConfigureAwait(false);
        await states.RefreshAsync(
            groups =>
            {
                var failed = Setback.Fail(
                    groups,
                    [.. groups.Where(group => !taken.Any(rollout => StepRules.IsOf(rollout, group))).Select(group => group.Name)],
                    _ => "Interrupted: the control plane ended before the host had it ready; deploy the release again.");
                interrupted = failed.Count;
                return failed;
            },
            cancellationToken).ConfigureAwait(false);
        if (interrupted > 0)
            Log.Recovered(logger, interrupted);
        rollouts.Resume(taken);
        return interrupted;
    }

    private async Task<(DesiredState State, bool Changed)> ShiftAsync(
        string environment, string service, Func<IReadOnlyList<ServerGroup>, Change, IReadOnlyList<ServerGroup>> transition, string user, CancellationToken cancellationToken)
    {
        await targets.GroupsAsync(environment, service, cancellationToken).ConfigureAwait(false);
        using var hold = await rollouts.HoldAsync(environment, "A shift of traffic in", cancellationToken).ConfigureAwait(false);
        var change = new Change(time.GetUtcNow(), user) { Policy = await states.PolicyAsync(environment, cancellationToken).ConfigureAwait(false) };
        var changed = false;
        var state = await rollouts.Traffic.ApplyAsync(
            environment,
            groups => transition([.. groups.Where(group => group.Name.Service == service)], change),
            (published, touched) =>
            {
                changed = touched.Count > 0;
                if (changed)
                    Log.Switched(logger, environment, string.Join(", ", touched), user, published.Version);
            },
            static (_, _) => { },
            cancellationToken).ConfigureAwait(false);
        return (state, changed);
    }

    private async Task<Rollout> SettleAsync(Rollout started, string user, CancellationToken cancellationToken)
    {
        try
        {
            var settled = await rollouts.WaitAsync(started.Number, now => now.IsSettled || IsSilent(now), Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            Require(settled);
            return settled;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await rollouts.AbortAsync(started.Number, user, CancellationToken.None).ConfigureAwait(false);
            await rollouts.WaitAsync(started.Number, now => now.IsEnded, Timeout.InfiniteTimeSpan, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        catch (FairleadException e)
        {
            Log.DeploymentFailed(logger, started.Environment, e.Message);
            throw;
        }
    }

    /// <summary>The shares are published and no host is there to take them: whoever waits is told so, and the rollout waits on.</summary>
    private static bool IsSilent(Rollout rollout) => rollout is { Phase: RolloutPhase.Shifting or RolloutPhase.Scaling, Problem: ProblemKind.Unavailable };

    private static void Require(Rollout rollout)
    {
        if (rollout.Problem is { } kind)
            throw new FairleadException(kind, rollout.Reason ?? rollout.Note ?? $"Rollout '{rollout.Number}' ended: see 'fairlead rollout show {rollout.Number}'.");
    }

    private async Task<Deployment> ResultAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var result = await ResultAsync(rollout.Environment, [.. rollout.Targets.Select(target => target.Service)], rollout.Version, cancellationToken).ConfigureAwait(false);
        return result with
        {
            Release = rollout.Kind == RolloutKind.Deployment ? rollout.Release : null,
            Changed = rollout.Outcome != RolloutOutcome.Unchanged,
            Rollout = rollout.Number,
            IsUnderWay = !rollout.IsSettled,
        };
    }

    private async Task<Deployment> ResultAsync(string environment, HashSet<string> services, long version, CancellationToken cancellationToken)
    {
        var groups = await catalog.ListAsync(environment, null, cancellationToken).ConfigureAwait(false);
        var live = groups
            .Where(group => (group.Status == ServerGroupStatus.Enabled || group.Mirror != Weight.None) && services.Contains(group.Name.Service))
            .OrderBy(group => group.Name.Service, StringComparer.Ordinal)
            .ThenBy(group => group.Name.Number);
        return new Deployment { Environment = environment, Changed = true, Version = version, Live = [.. live] };
    }
}
