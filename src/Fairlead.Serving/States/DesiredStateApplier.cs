using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Listening;
using Fairlead.Serving.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.States;

/// <summary>
/// Brings the host to a desired state, as a whole or not at all: makes ready what takes traffic off the path of requests, replaces the route
/// table, then keeps the state on disk. Server groups without traffic may join later, in a table of the same version. The newest
/// state wins: it ends the waiting of an older one.
/// </summary>
internal sealed class DesiredStateApplier(GroupFactory factory, RouteSource routes, DesiredStateFile file, PortListeners ports, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly Lock gate = new();
    private volatile ApplyResult last = new(0, null, [], []);
    private CancellationTokenSource? newest;
    private AppliedState current = AppliedState.None;
    private List<ServerGroupFailure> failures = [];
    private Task settled = Task.CompletedTask;

    /// <summary>Something that a report says has changed.</summary>
    public event Action? Changed;

    public ApplyResult Last => last;

    /// <summary>Applies the state; what was refused and why is in the result, and the state before stays.</summary>
    public Task<ApplyResult> ApplyAsync(DesiredState state, CancellationToken cancellationToken) => ApplyAsync(state, isKept: false, cancellationToken);

    /// <summary>
    /// Applies the state that the disk keeps from the last time, if there is one. Server groups that cannot be loaded any more are left
    /// out and reported as a refusal of the state, so that the control plane can mend it.
    /// </summary>
    public async Task ApplyKeptAsync(CancellationToken cancellationToken)
    {
        if (file.Load() is { } state)
            await ApplyAsync(state, isKept: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes when nothing of the present state is pending.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        Task task;
        lock (gate)
            task = settled;
        await task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        current.LetGo();
        one.Dispose();
    }

    private async Task<ApplyResult> ApplyAsync(DesiredState state, bool isKept, CancellationToken cancellationToken)
    {
        using var superseded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (Interlocked.Exchange(ref newest, superseded) is { } older)
            await CancelAsync(older).ConfigureAwait(false);
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            superseded.Token.ThrowIfCancellationRequested();
            if (state.Version == last.AppliedVersion)
                return Reconsider();
            return await ApplyAloneAsync(state, isKept, superseded.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.StateSuperseded(logger, state.Version);
            return last;
        }
        finally
        {
            Interlocked.CompareExchange(ref newest, null, superseded);
            one.Release();
            Changed?.Invoke();
        }
    }

    private async Task<ApplyResult> ApplyAloneAsync(DesiredState state, bool isKept, CancellationToken cancellationToken)
    {
        var next = Gather(state, isKept);
        var refusals = new List<ServerGroupFailure>();
        try
        {
            foreach (var (desired, life) in next.Groups.Where(group => TakesTraffic(group.Desired)))
            {
                if (await FailureOfAsync(desired, life, cancellationToken).ConfigureAwait(false) is { } failure)
                    refusals.Add(failure);
            }
        }
        catch
        {
            next.LetGo();
            throw;
        }

        refusals.AddRange(next.Failures);
        // At the start there is no state before to stay: one damaged model must not silence all the others.
        var isPart = isKept && refusals.Count > 0 && next.Groups.Any(group => group.Life.IsReady);
        if (refusals.Count > 0 && !isPart)
        {
            next.LetGo();
            Log.StateRefused(logger, state.Version, Sentences(refusals));
            lock (gate)
                return last = last with { RefusedVersion = state.Version, Failures = refusals };
        }

        // A disk that is slow or full must not keep anyone from rolling back: requests go the new way first, and the log says when the state could
        // not be kept. A host that ends in between begins with the state before, and the control plane sends it this one again.
        TakeOver(next, refusals, isPart);
        if (!isKept)
            file.Save(state);
        await ports.MatchAsync(routes.Current.Ports).ConfigureAwait(false);
        return last;
    }

    /// <summary>The present state is wanted again after another was refused.</summary>
    private ApplyResult Reconsider()
    {
        lock (gate)
            return last = last with { RefusedVersion = null, Failures = [.. failures] };
    }

    /// <summary>Finds or makes the lives of the state's groups, each held for the state, and begins to prepare them.</summary>
    private AppliedState Gather(DesiredState state, bool isKept)
    {
        var known = current.Groups.ToDictionary(group => group.Desired.Name, group => group.Life);
        var groups = new List<(DesiredServerGroup Desired, GroupLife Life)>();
        var refusals = new List<ServerGroupFailure>();
        var names = new HashSet<ServerGroupName>();
        foreach (var desired in state.ServerGroups)
        {
            try
            {
                if (!names.Add(desired.Name))
                    throw FairleadException.Failed($"The server group '{desired.Name}' is there twice.");
                if (known.TryGetValue(desired.Name, out var life) && life.Fits(desired) && !life.HasFailed)
                    life.Hold();
                else
                    life = factory.Create(desired, isKept);
                groups.Add((desired, life));
                _ = life.Ready;
            }
            catch (FairleadException e)
            {
                refusals.Add(new ServerGroupFailure(desired.Name, e.Message));
            }
        }

        return new AppliedState(state, groups, refusals);
    }

    private void TakeOver(AppliedState next, List<ServerGroupFailure> refusals, bool isPart)
    {
        AppliedState old;
        lock (gate)
        {
            old = current;
            current = next;
            foreach (var (desired, life) in next.Groups)
                life.Resize(desired);
            failures = [.. refusals];

            // Asked before the table is made: a group that becomes ready in between would be neither in it nor waited for.
            var waiting = next.Groups.Where(group => !group.Life.IsReady && !group.Life.HasFailed).ToList();
            Publish(isPart);
            settled = Task.WhenAll(waiting.Select(group => FollowAsync(next, group.Desired, group.Life, isPart)));
        }

        old.LetGo();
        if (isPart)
            Log.StatePartlyServed(logger, next.State.Version, routes.Current.Groups.Count, Sentences(refusals));
        else
            Log.StateApplied(logger, next.State.Version, routes.Current.Groups.Count, last.Pending.Count);
    }

    /// <summary>Makes the table of everything that is ready now. Under the gate.</summary>
    private void Publish(bool isPart)
    {
        var ready = current.Groups.Where(group => group.Life.IsReady).ToList();
        var customers = current.State.Environments.DistinctBy(environment => environment.Name).ToDictionary(environment => environment.Name, environment => environment.Customer, StringComparer.Ordinal);
        foreach (var (desired, life) in ready)
        {
            life.Hold();
            life.Capture.SetCustomer(customers.GetValueOrDefault(desired.Name.Environment));
        }

        routes.Replace(new RouteTable(current.State.Version, current.State.Environments, [.. ready.Select(group => new LiveServerGroup(group.Desired, group.Life))], Release));
        var pending = current.Groups.Where(group => !group.Life.Ready.IsCompleted).Select(group => group.Desired.Name).ToList();
        foreach (var (desired, life) in current.Groups.Where(group => group.Life.HasFailed && failures.TrueForAll(failure => failure.ServerGroup != group.Desired.Name)))
            failures.Add(new ServerGroupFailure(desired.Name, ReasonOf(life)));
        last = isPart
            ? new ApplyResult(0, current.State.Version, [.. failures], pending)
            : new ApplyResult(current.State.Version, null, [.. failures], pending);

        void Release()
        {
            foreach (var (_, life) in ready)
                life.LetGo();
        }
    }

    /// <summary>Waits for a group that takes no traffic yet, and takes it into the table when its state is still the present one.</summary>
    private async Task FollowAsync(AppliedState state, DesiredServerGroup desired, GroupLife life, bool isPart)
    {
        await life.Ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate)
        {
            if (current != state)
                return;
            var before = last;
            Publish(isPart);

            // A later state that was refused stays the news.
            if (!isPart && before.RefusedVersion is not null)
                last = last with { RefusedVersion = before.RefusedVersion, Failures = before.Failures };
        }

        if (life.IsReady)
            Log.GroupReady(logger, desired.Name.ToString());
        else
            Log.GroupFailed(logger, desired.Name.ToString(), ReasonOf(life));
        Changed?.Invoke();
    }

    private static async Task<ServerGroupFailure?> FailureOfAsync(DesiredServerGroup desired, GroupLife life, CancellationToken cancellationToken)
    {
        await life.Ready.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return life.HasFailed ? new ServerGroupFailure(desired.Name, ReasonOf(life)) : null;
    }

    private static async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself.
        }
    }

    private static bool TakesTraffic(DesiredServerGroup desired) => desired.Weight.Hundredths > 0;

    private static string ReasonOf(GroupLife life) => life.Ready.Exception?.InnerException is { } e ? e.Message : "It was ended before it was ready.";

    private static string Sentences(IEnumerable<ServerGroupFailure> failures) => string.Join(" ", failures.Select(failure => $"{failure.ServerGroup}: {failure.Message}"));
}
