using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.Deployments;

/// <summary>Waits until the host serves what was published, and clears warm groups out of the way that it can no longer make ready.</summary>
internal sealed class Confirmation(IServerGroupCatalog catalog, DesiredStates states, HostReports hosts, ILogger logger)
{
    /// <summary>How long a host may take to load, warm and swap before the caller is told that it has not.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Why the host refused one of the groups; empty when it serves the state.</summary>
    /// <param name="next">What to do when no host answers, as the end of a sentence.</param>
    /// <param name="onEvicted">Called for each warm group that was taken out.</param>
    /// <exception cref="FairleadException">Unavailable when no host answers in time; Failed when the host refuses the state for the sake of groups that are none of ours.</exception>
    public async Task<IReadOnlyList<ServerGroupFailure>> WaitAsync(
        DesiredState state,
        IReadOnlyCollection<ServerGroupName> groups,
        string next,
        Action<ServerGroupFailure, long> onEvicted,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var warm = await WarmAsync(groups, cancellationToken).ConfigureAwait(false);
            var verdict = await hosts.WaitAsync(state.Version, [.. groups, .. warm], TimeFor(state, groups), cancellationToken).ConfigureAwait(false);
            if (verdict.Outcome == HostOutcome.Applied)
                return [];
            if (verdict.Outcome == HostOutcome.Silent)
                throw Silence(state, verdict, TimeFor(state, groups), next);

            var own = verdict.Failures.Where(failure => groups.Contains(failure.ServerGroup)).ToList();
            if (own.Count > 0)
                return own;
            var evicted = verdict.Failures.Where(failure => warm.Contains(failure.ServerGroup)).ToList();
            if (evicted.Count == 0)
                return [.. groups.Select(group => new ServerGroupFailure(group, "The host refused the desired state without a reason; its log tells more."))];
            state = await states.ChangeAsync(all => Setback.Evict(all, evicted), cancellationToken).ConfigureAwait(false);
            foreach (var failure in evicted)
            {
                Log.Evicted(logger, failure.ServerGroup, failure.Message);
                onEvicted(failure, state.Version);
            }
        }
    }

    private async Task<HashSet<ServerGroupName>> WarmAsync(IReadOnlyCollection<ServerGroupName> except, CancellationToken cancellationToken)
    {
        var groups = await catalog.ListAsync(null, null, cancellationToken).ConfigureAwait(false);
        return [.. groups.Where(group => group.Status == ServerGroupStatus.Disabled && !except.Contains(group.Name)).Select(group => group.Name)];
    }

    /// <summary>A program may take its own time to start.</summary>
    private static TimeSpan TimeFor(DesiredState state, IReadOnlyCollection<ServerGroupName> groups) =>
        Timeout + state.ServerGroups
            .Where(group => groups.Contains(group.Name))
            .Select(group => group.Service.Command?.Settings.StartTimeout ?? TimeSpan.Zero)
            .DefaultIfEmpty()
            .Max();

    private static FairleadException Silence(DesiredState state, HostVerdict verdict, TimeSpan waited, string next)
    {
        if (verdict.Failures.Count > 0)
        {
            var reasons = string.Join("; ", verdict.Failures.Select(failure => $"'{failure.ServerGroup}': {failure.Message.TrimEnd('.')}"));
            return FairleadException.Failed($"The host refuses desired state {state.Version} because of other server groups ({reasons}): mend or redeploy those and try again.");
        }

        return FairleadException.Unavailable(
            $"No host has applied desired state {state.Version} within {waited.TotalSeconds:0} s: it is published and will be applied when the host is back; {next}.");
    }
}
