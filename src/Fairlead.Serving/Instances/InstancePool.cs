using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Problems;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Instances;

/// <summary>The instances of all command services of a host, one set for each server group.</summary>
internal sealed class InstancePool(IInstancePlatform platform, InstancePolicy policy, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<ServerGroupName, InstanceSet> sets = [];
    private readonly HashSet<Task> leaving = [];

    /// <summary>Some report changed. Raised on any thread; what listens returns soon.</summary>
    public event Action? Changed;

    /// <summary>Starts what the server group lacks; completes when all its instances are ready. To be paid back by <see cref="Release"/>.</summary>
    /// <exception cref="FairleadException">Failed: an instance did not become ready; the message says why and what it printed last. Nothing of it runs then.</exception>
    public async Task<InstanceSet> AcquireAsync(DesiredServerGroup group, CancellationToken cancellationToken)
    {
        var command = group.Service.Command ?? throw new ArgumentException($"'{group.Name}' is no command service.", nameof(group));
        var set = new InstanceSet(group, command, platform, policy, time, logger, () => Changed?.Invoke());
        lock (gate)
        {
            // Two groups of one name at a time: the elder is on its way out, as when its definition changed.
            sets[group.Name] = set;
        }

        try
        {
            await set.StartAsync(cancellationToken).ConfigureAwait(false);
            Log.SetReady(logger, group.Name.ToString(), set.Count);
            return set;
        }
        catch
        {
            Remove(set);
            await set.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Lets the requests that are under way finish, then ends the instances. Returns at once.</summary>
    public void Release(InstanceSet set)
    {
        Remove(set);
        lock (gate)
        {
            var stopping = Task.Run(() => StopAsync(set));
            leaving.Add(stopping);
            _ = stopping.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public IReadOnlyList<InstanceReport> Report()
    {
        lock (gate)
            return [.. sets.Values.OrderBy(set => set.Name.ToString(), StringComparer.Ordinal).SelectMany(set => set.Report())];
    }

    /// <summary>How many instances a group is to have, and how many take requests; null when it has none here.</summary>
    public (int Wanted, int Ready)? Count(ServerGroupName name)
    {
        lock (gate)
            return sets.TryGetValue(name, out var set) ? (set.Count, set.Ready) : null;
    }

    /// <summary>What the instances of a group used of the machine; null when it has none here, and where nobody can say.</summary>
    public InstanceUsage? TakeUsage(ServerGroupName name)
    {
        InstanceSet? set;
        lock (gate)
            set = sets.GetValueOrDefault(name);
        return set?.TakeUsage();
    }

    /// <summary>Ends all instances, gently until the token is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<InstanceSet> stopping;
        List<Task> going;
        lock (gate)
        {
            stopping = [.. sets.Values];
            sets.Clear();
            going = [.. leaving];
        }

        await Task.WhenAll([.. going, .. stopping.Select(set => set.StopAsync(cancellationToken))]).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);

    private async Task StopAsync(InstanceSet set)
    {
        await set.StopAsync(CancellationToken.None).ConfigureAwait(false);
        Log.SetStopped(logger, set.Name.ToString());
        Changed?.Invoke();
    }

    private void Remove(InstanceSet set)
    {
        lock (gate)
        {
            if (sets.TryGetValue(set.Name, out var current) && current == set)
                sets.Remove(set.Name);
        }
    }

    private void Forget(Task done)
    {
        lock (gate)
            leaving.Remove(done);
    }
}
