using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Releases;
using Fairlead.Serving.Forwarding;
using Fairlead.Serving.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Instances;

/// <summary>The instances of one server group: who takes the next request, and how they come and go.</summary>
internal sealed class InstanceSet
{
    /// <summary>How often a request that waits for an instance to start again looks.</summary>
    private static readonly TimeSpan ChangePause = TimeSpan.FromMilliseconds(10);

    /// <summary>How often an instance that leaves looks whether its requests are answered.</summary>
    private static readonly TimeSpan LeavePause = TimeSpan.FromMilliseconds(50);
    private readonly ReleasedCommand command;
    private readonly Func<int, Instance> create;
    private readonly TimeProvider time;
    private readonly Action onChange;
    private readonly Lock gate = new();
    private readonly Lock ejecting = new();
    private readonly HashSet<Task> leaving = [];
    private readonly UsageMeter meter = new();
    private volatile Instance[] all = [];
    private volatile Instance[] takers = [];
    private TaskCompletionSource someReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? idle;
    private Task? stopping;
    private int holders;

    /// <param name="onChange">Called when a report would say something else.</param>
    public InstanceSet(DesiredServerGroup group, ReleasedCommand command, IInstancePlatform platform, InstancePolicy policy, TimeProvider time, ILogger logger, Action onChange)
    {
        Name = group.Name;
        this.command = command;
        this.time = time;
        this.onChange = onChange;
        create = number => new Instance(new InstanceOrder(group.Name, number, command) { Release = group.Release, Config = group.Service.Config }, platform, policy, time, logger, WhereSpared, Refresh);
        all = [.. Enumerable.Range(1, group.Instances ?? command.Settings.Instances).Select(create)];
    }

    public ServerGroupName Name { get; }

    public int Count => all.Length;

    /// <summary>How many are well.</summary>
    public int Ready => all.Count(instance => instance.State == InstanceState.Ready);

    public TimeProvider Time => time;

    /// <summary>How many take requests now.</summary>
    public int Takers => takers.Length;

    public IReadOnlyList<InstanceReport> Report() => [.. all.Select(instance => instance.Report())];

    /// <summary>What its instances used of the machine; null where nobody can say.</summary>
    public InstanceUsage? TakeUsage() => meter.Take(all.Select(instance => instance.Usage).OfType<(int Number, string Label, InstanceUsage Usage)>());

    /// <summary>Starts them all; completes when each has been ready once.</summary>
    /// <exception cref="Domain.Problems.FairleadException">One of them does not become ready; the message says why and what it printed last.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in all)
            instance.Start();
        var waiting = all.Select(instance => instance.FirstReady).ToList();
        while (waiting.Count > 0)
        {
            var next = await Task.WhenAny(waiting).WaitAsync(cancellationToken).ConfigureAwait(false);
            await next.ConfigureAwait(false);
            waiting.Remove(next);
        }
    }

    /// <summary>
    /// So many instances from now on: what lacks is started, and takes requests when it is well; what is too much takes no new requests, finishes those
    /// that it has, and is ended. Returns at once.
    /// </summary>
    public void Resize(int count)
    {
        List<Instance> begin = [], end = [];
        lock (gate)
        {
            if (stopping is not null || count == all.Length)
                return;
            for (var number = 1; all.Length + begin.Count < count; number++)
            {
                if (Array.TrueForAll(all, instance => instance.Number != number))
                    begin.Add(create(number));
            }

            // Those that are not well go first, then the youngest.
            end.AddRange(all.OrderBy(instance => instance.State == InstanceState.Ready).ThenByDescending(instance => instance.Number).Take(all.Length - count));
            all = [.. all.Except(end).Concat(begin).OrderBy(instance => instance.Number)];
            foreach (var instance in end)
                leaving.Add(LeaveAsync(instance));
        }

        foreach (var instance in begin)
            instance.Start();
        Refresh();
    }

    /// <summary>An instance for one request, to be paid back by <see cref="Leave"/>; null when none takes any.</summary>
    /// <param name="except">One that has just failed: taken only when there is no other.</param>
    public Instance? TryEnter(Instance? except)
    {
        var candidates = takers;
        if (candidates.Length == 0)
            return null;
        var chosen = candidates.Length == 1 ? candidates[0] : Choose(candidates, except);
        chosen.Enter();
        return chosen;
    }

    /// <summary>As <see cref="TryEnter"/>, but waits for a while when all are being started again.</summary>
    public async ValueTask<Instance?> EnterAsync(Instance? except, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            Task ready;
            lock (gate)
                ready = someReady.Task;
            if (TryEnter(except) is { } instance)
                return instance;
            var left = patience - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return null;
            try
            {
                await ready.WaitAsync(left, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    /// <summary>Waits until there is somebody else to ask than a program that takes no connections: another instance, or the same one started again.</summary>
    /// <param name="failed">The way that led nowhere; null when its program had ended.</param>
    /// <returns>False when there is nobody in time.</returns>
    public async ValueTask<bool> WaitForOtherAsync(Instance instance, Upstream? failed, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (!Array.Exists(takers, taker => taker != instance || (taker.Upstream is { } upstream && upstream != failed)))
        {
            if (time.GetElapsedTime(began) >= patience)
                return false;
            await Task.Delay(ChangePause, time, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    public void Leave(Instance instance, InstanceOutcome outcome) => instance.Leave(outcome);

    /// <summary>For one request, from when it knows its way until it is answered: instances are not ended before.</summary>
    public void Hold() => Interlocked.Increment(ref holders);

    public void LetGo()
    {
        if (Interlocked.Decrement(ref holders) == 0)
            idle?.TrySetResult();
    }

    /// <summary>Waits for the requests that are under way, then ends the instances; neither takes longer than the stop timeout or the token allows.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        // A host that stops ends the instances, and lets go of the routes to them afterwards.
        lock (gate)
            return stopping ??= StopOnceAsync(cancellationToken);
    }

    /// <summary>Waits for the requests that an instance has, then ends it.</summary>
    private async Task LeaveAsync(Instance instance)
    {
        await Task.Yield();

        // It is among the takers no more; whoever had chosen it just before enters meanwhile.
        var began = time.GetTimestamp();
        do
            await Task.Delay(LeavePause, time).ConfigureAwait(false);
        while (instance.UnderWay > 0 && time.GetElapsedTime(began) < command.Settings.StopTimeout);
        instance.Drain();
        await instance.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await instance.DisposeAsync().ConfigureAwait(false);
        lock (gate)
            leaving.RemoveWhere(task => task.IsCompleted);
        onChange();
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        idle = waiter;
        foreach (var instance in all)
            instance.Drain();
        if (Volatile.Read(ref holders) > 0)
        {
            try
            {
                await waiter.Task.WaitAsync(command.Settings.StopTimeout, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                // They had their time.
            }
        }

        await Task.WhenAll(all.Select(instance => instance.StopAsync(cancellationToken))).ConfigureAwait(false);
        Task[] others;
        lock (gate)
            others = [.. leaving];
        await Task.WhenAll(others).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var instance in all)
            await instance.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The less busy of two at random: as good as the least busy of all, without everyone running to the same one.</summary>
    private static Instance Choose(Instance[] candidates, Instance? except)
    {
        var count = (uint)candidates.Length;
        var random = ThreadRandom.Next();
        var first = (uint)random % count;
        var second = (first + 1 + ((uint)(random >> 32) % (count - 1))) % count;
        var (one, other) = (candidates[first], candidates[second]);
        if (one == except)
            return other;
        return other != except && other.UnderWay < one.UnderWay ? other : one;
    }

    /// <summary>Never more than half of them are out at a time: one after the other, so that two that look at once do not both find that they can be spared.</summary>
    private void WhereSpared(Instance instance, Action eject)
    {
        lock (ejecting)
        {
            var present = all;
            var missing = present.Count(other => other != instance && other.State != InstanceState.Ready);
            if (2 * (missing + 1) <= present.Length)
                eject();
        }
    }

    private void Refresh()
    {
        lock (gate)
        {
            var ready = all.Where(instance => instance.State == InstanceState.Ready && instance.Upstream is not null).ToArray();

            // When all that run are ejected, something else is wrong: one that may fail is better than none. And who came before the draining is served.
            takers = ready.Length > 0 ? ready : [.. all.Where(instance => instance.State is InstanceState.Ejected or InstanceState.Draining && instance.Upstream is not null)];
            if (takers.Length > 0)
                someReady.TrySetResult();
            else if (someReady.Task.IsCompleted)
                someReady = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        onChange();
    }
}
