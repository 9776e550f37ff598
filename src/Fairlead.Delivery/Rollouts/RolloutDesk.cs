using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Environments;
using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Starts rollouts, takes them up again after a restart, and passes on what people want of them.</summary>
public sealed class RolloutDesk : IRollouts, IAsyncDisposable
{
    private readonly IServerGroupCatalog catalog;
    private readonly DesiredStates states;
    private readonly HostReports hosts;
    private readonly EnvironmentConfigurations configurations;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly IRolloutAnalysis? analysis;
    private readonly RolloutStore store;
    private readonly RolloutExecutor executor;
    private readonly DeployTargets targets;
    private readonly EnvironmentHolds holds = new();
    private readonly RolloutDrivers drivers = new();
    private readonly CancellationTokenSource stopping = new();

    /// <param name="analysis">Asked at each weight of a canary; null leaves it to their health.</param>
    public RolloutDesk(
        IReleaseCatalog releases,
        IServerGroupCatalog catalog,
        IRecordCatalog records,
        DesiredStates states,
        HostReports hosts,
        EnvironmentConfigurations configurations,
        TimeProvider time,
        ILogger<RolloutDesk> logger,
        IRolloutAnalysis? analysis = null)
    {
        this.catalog = catalog;
        this.states = states;
        this.hosts = hosts;
        this.configurations = configurations;
        this.time = time;
        this.logger = logger;
        this.analysis = analysis;
        store = new RolloutStore(records);
        targets = new DeployTargets(releases, catalog, states);
        var confirmation = new Confirmation(catalog, states, hosts, logger);
        Traffic = new TrafficSwitch(states, confirmation);
        executor = new RolloutExecutor(new GroupMaker(releases, catalog, configurations, time), states, confirmation, Traffic, analysis, time, logger);
    }

    /// <summary>What shifts traffic by hand.</summary>
    internal TrafficSwitch Traffic { get; }

    /// <inheritdoc/>
    public Task<Rollout> StartAsync(RolloutOrder order, CancellationToken cancellationToken) => StartAsync(order, static _ => { }, cancellationToken);

    /// <inheritdoc/>
    public async Task<Rollout> RollBackAsync(RollbackOrder order, CancellationToken cancellationToken)
    {
        if (order.Key is { } key && await FindByKeyAsync(key, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        var groups = await targets.GroupsAsync(order.Environment, order.Service ?? order.To?.Service, cancellationToken).ConfigureAwait(false);
        using var hold = holds.Take(order.Environment, "A change of");
        var active = drivers.Of(order.Environment);
        var under = active?.Current;
        if (under is { Kind: RolloutKind.Rollback, IsEnded: false } && (order.To is null || under.Targets.Any(target => target.Candidate == order.To || target.Repeats == order.To)))
            return under;
        if (under is { IsEnded: true })
            (active, under) = (null, null);
        groups = await targets.GroupsAsync(order.Environment, null, cancellationToken).ConfigureAwait(false);
        var ways = WayBack.Find(order, groups, under);
        if (ways.Count == 0)
            return await AbortAsync(under!.Number, order.User, cancellationToken).ConfigureAwait(false);

        var policy = await states.PolicyAsync(order.Environment, cancellationToken).ConfigureAwait(false);
        var plan = RolloutPlanner.GoBack(order, ways, groups, policy, time.GetUtcNow());

        // Recorded first: should the control plane end in between, the next one finds both, and the newer takes over.
        var rollout = await store.AddAsync(order.Key, time.GetUtcNow(), number => plan with { Number = number }, CancellationToken.None).ConfigureAwait(false);
        if (active is not null)
            await SupersedeAsync(active, rollout).ConfigureAwait(false);
        Drive(rollout, static _ => { });
        return rollout;
    }

    /// <inheritdoc/>
    public async Task<Rollout?> FindAsync(int number, CancellationToken cancellationToken) =>
        drivers.Find(number)?.Current ?? await store.FindAsync(number, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<Rollout?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        await store.FindByKeyAsync(key, cancellationToken).ConfigureAwait(false) is { } stored ? drivers.Find(stored.Number)?.Current ?? stored : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Rollout>> ListAsync(string? environment, int limit, CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(environment, limit, cancellationToken).ConfigureAwait(false)).Select(stored => drivers.Find(stored.Number)?.Current ?? stored)];

    /// <inheritdoc/>
    public Task<Rollout> WaitAsync(int number, long revision, TimeSpan timeout, CancellationToken cancellationToken) =>
        WaitAsync(number, now => now.Revision > revision || now.IsEnded, timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<Rollout> PauseAsync(int number, string user, CancellationToken cancellationToken) =>
        CommandAsync(number, (state, now) => RolloutCommands.Pause(state, user, now), cancellationToken);

    /// <inheritdoc/>
    public Task<Rollout> ResumeAsync(int number, string user, CancellationToken cancellationToken) =>
        CommandAsync(number, (state, now) => RolloutCommands.Resume(state, user, now), cancellationToken);

    /// <inheritdoc/>
    public Task<Rollout> PromoteAsync(int number, string user, CancellationToken cancellationToken) =>
        CommandAsync(number, (state, now) => RolloutCommands.Promote(state, user, now), cancellationToken);

    /// <inheritdoc/>
    public Task<Rollout> AbortAsync(int number, string user, CancellationToken cancellationToken) =>
        CommandAsync(number, (state, now) => RolloutCommands.Abort(state, user, now), cancellationToken);

    /// <summary>Ends the watching; rollouts that are under way are taken up by the next control plane.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await drivers.StopAsync().ConfigureAwait(false);
        stopping.Dispose();
    }

    /// <summary>Takes up what an earlier control plane left under way; of two in one environment the newer.</summary>
    /// <returns>Those that go on.</returns>
    internal async Task<IReadOnlyList<Rollout>> RecoverAsync(CancellationToken cancellationToken)
    {
        var taken = new List<Rollout>();
        foreach (var group in (await store.ListActiveAsync(cancellationToken).ConfigureAwait(false)).GroupBy(rollout => rollout.Environment, StringComparer.Ordinal))
        {
            var newest = group.MaxBy(rollout => rollout.Number)!;
            foreach (var older in group.Where(rollout => rollout != newest))
                await store.UpdateAsync(RolloutCommands.Supersede(older, $"rollout {newest.Number}", time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            taken.Add(newest);
        }

        return taken;
    }

    /// <summary>Goes on with those that were taken up.</summary>
    internal void Resume(IReadOnlyList<Rollout> taken)
    {
        foreach (var rollout in taken)
            Drive(rollout, static _ => { });
    }

    internal async Task<Rollout> StartAsync(RolloutOrder order, Action<DeployEvent> onEvent, CancellationToken cancellationToken)
    {
        if (order.Key is { } key && await FindByKeyAsync(key, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        var environment = await targets.RequireEnvironmentAsync(order.Environment, cancellationToken).ConfigureAwait(false);
        using var hold = await HoldAsync(order.Environment, "A deployment to", cancellationToken).ConfigureAwait(false);
        var release = await targets.ReleaseAsync(order.Release, cancellationToken).ConfigureAwait(false);
        var rendered = await configurations.RequireAsync(release, DeployTargets.Services(release, order.Services), environment, cancellationToken).ConfigureAwait(false);
        var services = rendered.Select(service => service.Service).ToList();
        var groups = await catalog.ListAsync(order.Environment, null, cancellationToken).ConfigureAwait(false);
        var policy = await states.PolicyAsync(order.Environment, cancellationToken).ConfigureAwait(false);
        var judged = await JudgedAsync(order, services, policy, cancellationToken).ConfigureAwait(false);
        var plan = RolloutPlanner.Deploy(order, release, services, groups, policy, judged, time.GetUtcNow(), rendered.ToDictionary(service => service.Service.Name, service => service.Digest, StringComparer.Ordinal));
        var version = (await states.FindAsync(cancellationToken).ConfigureAwait(false))?.Version ?? 0;
        var rollout = await store.AddAsync(
            order.Key, time.GetUtcNow(), number => plan with { Number = number, Version = plan.Outcome == RolloutOutcome.Unchanged ? version : 0 }, CancellationToken.None).ConfigureAwait(false);
        if (!rollout.IsEnded)
            Drive(rollout, onEvent);
        return rollout;
    }

    /// <summary>Keeps everybody else from changing the environment; a rollout whose release is live already ends its watching for it.</summary>
    /// <exception cref="FairleadException">Conflict: another change, or a rollout that is not live yet.</exception>
    internal async Task<IDisposable> HoldAsync(string environment, string what, CancellationToken cancellationToken)
    {
        var hold = holds.Take(environment, what);
        try
        {
            if (drivers.Of(environment) is { } active && active.Current is { IsEnded: false } under)
            {
                if (!under.IsLive)
                {
                    throw FairleadException.Conflict(
                        $"Rollout '{under.Number}' ({under.Describe()}) is under way: wait until it has ended, or end it with 'fairlead rollout abort {under.Number}'.");
                }

                await active.CommandAsync(RolloutCommands.Settle, cancellationToken).ConfigureAwait(false);
                await active.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            return hold;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    internal async Task<Rollout> WaitAsync(int number, Func<Rollout, bool> isWanted, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        try
        {
            var now = drivers.Find(number) is { } driver
                ? await driver.WaitAsync(isWanted, timeout, either.Token).ConfigureAwait(false)
                : await RequireAsync(number, cancellationToken).ConfigureAwait(false);

            // Whoever waits without a limit is told when nobody drives it any more.
            return isWanted(now) || timeout != Timeout.InfiniteTimeSpan ? now : throw Interrupted(number);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Interrupted(number);
        }
    }

    /// <summary>What the judge will look at; null when nobody is to be asked.</summary>
    private async Task<AnalysisPlan?> JudgedAsync(RolloutOrder order, IReadOnlyList<ReleasedService> services, DeliveryPolicy policy, CancellationToken cancellationToken)
    {
        var strategy = RolloutPlanner.StrategyOf(order, policy);
        return analysis is null || strategy.Kind is not (StrategyKind.Canary or StrategyKind.Shadow)
            ? null
            : await analysis.PlanAsync(order.Environment, strategy, [.. services.Select(service => service.Name)], cancellationToken).ConfigureAwait(false);
    }

    private static FairleadException Interrupted(int number) =>
        FairleadException.Unavailable($"The control plane ends; rollout {number} goes on when it is back: see 'fairlead rollout show {number}'.");

    private async Task<Rollout> CommandAsync(int number, Func<Rollout, DateTimeOffset, Rollout> command, CancellationToken cancellationToken)
    {
        if (drivers.Find(number) is { } driver)
            return await driver.CommandAsync(command, cancellationToken).ConfigureAwait(false);

        // It has ended: the command says so.
        return command(await RequireAsync(number, cancellationToken).ConfigureAwait(false), time.GetUtcNow());
    }

    private async Task<Rollout> RequireAsync(int number, CancellationToken cancellationToken) =>
        await store.FindAsync(number, cancellationToken).ConfigureAwait(false) ?? throw FairleadException.NotFound($"There is no rollout '{number}': 'fairlead rollout list' shows those that there are.");

    private static async Task SupersedeAsync(RolloutDriver active, Rollout by)
    {
        await active.CommandAsync((state, now) => RolloutCommands.Supersede(state, $"rollout {by.Number} ({by.Describe()})", now), CancellationToken.None).ConfigureAwait(false);
        await active.Completion.ConfigureAwait(false);
    }

    private void Drive(Rollout rollout, Action<DeployEvent> onEvent)
    {
        Log.RolloutBegins(logger, rollout.Number, rollout.Describe(), rollout.StartedBy);
        var driver = new RolloutDriver(rollout, executor, store, hosts, onEvent, time, logger);
        drivers.Add(driver, stopping.Token);
    }
}
