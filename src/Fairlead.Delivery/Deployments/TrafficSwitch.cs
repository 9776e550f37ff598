using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Deployments;

/// <summary>Changes shares of traffic in one update, waits until the host routes by them, and takes them back when it refuses.</summary>
internal sealed class TrafficSwitch(DesiredStates states, Confirmation confirmation)
{
    /// <summary>Applies a transition to the groups of an environment. Returns the desired state that was published.</summary>
    /// <param name="transition">From the groups of the environment to those that change.</param>
    /// <param name="onPublished">Called once with the names of the groups that changed, before the host is waited for.</param>
    /// <exception cref="FairleadException">Failed when the host refused, and everything is as it was; Unavailable when it does not answer.</exception>
    public async Task<DesiredState> ApplyAsync(
        string environment,
        Func<IReadOnlyList<ServerGroup>, IReadOnlyList<ServerGroup>> transition,
        Action<DesiredState, IReadOnlyList<ServerGroupName>> onPublished,
        Action<ServerGroupFailure, long> onEvicted,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<ServerGroup> before = [];
        IReadOnlyList<ServerGroupName> touched = [];
        var state = await states.ChangeAsync(
            all =>
            {
                var groups = all.Where(group => group.Name.Environment == environment).ToList();
                var changed = transition(groups);
                touched = [.. changed.Select(group => group.Name)];
                before = [.. groups.Where(group => touched.Contains(group.Name))];
                return changed;
            },
            cancellationToken).ConfigureAwait(false);
        onPublished(state, touched);

        var failures = await confirmation.WaitAsync(
            state, touched, "'fairlead status' tells when", onEvicted, cancellationToken).ConfigureAwait(false);
        if (failures.Count == 0)
            return state;
        await states.ChangeAsync(all => Setback.Undo(all, before, failures), CancellationToken.None).ConfigureAwait(false);
        throw FairleadException.Failed(
            $"The host refused to switch traffic in '{environment}' ({Reasons(failures)}): everything serves as before; mend the cause and deploy again.");
    }

    public static string Reasons(IEnumerable<ServerGroupFailure> failures) =>
        string.Join("; ", failures.Select(failure => $"'{failure.ServerGroup}': {failure.Message.TrimEnd('.')}"));
}
