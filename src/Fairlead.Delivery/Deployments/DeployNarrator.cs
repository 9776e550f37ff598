using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Deployments;

/// <summary>Puts what happens in a deployment into events with a sentence for people.</summary>
internal sealed class DeployNarrator(string environment, ReleaseName release, Action<DeployEvent> onEvent)
{
    public void Unchanged(IReadOnlyList<ServerGroupName> groups, Weight weight) =>
        Tell(DeployEventKind.Unchanged, groups, null, $"Release {release} is live in '{environment}' with {weight} already; nothing to do.");

    public void Preparing(DesiredState state, IReadOnlyList<ServerGroupName> groups) =>
        Tell(DeployEventKind.Preparing, groups, state.Version, $"The host is loading {Names(groups)}.");

    public void Ready(IReadOnlyList<ServerGroupName> groups) =>
        Tell(DeployEventKind.Ready, groups, null, $"{Names(groups)} ready, still without traffic.");

    public void Switching(DesiredState state, IReadOnlyList<ServerGroupName> groups) =>
        Tell(DeployEventKind.Switching, groups, state.Version, $"Switching traffic of '{environment}' to {Names(groups)}.");

    public void Live(IReadOnlyList<ServerGroupName> groups, Weight weight, long version) =>
        Tell(DeployEventKind.Live, groups, version, $"{Names(groups)} live in '{environment}' with {weight}.");

    public void Shadowing(IReadOnlyList<ServerGroupName> groups, Weight share, long version) =>
        Tell(DeployEventKind.Live, groups, version, $"{Names(groups)} gets copies of {share} of the requests in '{environment}'.");

    public void Evicted(ServerGroupFailure failure, long version) =>
        Tell(DeployEventKind.Evicted, [failure.ServerGroup], version, $"The warm server group {failure.ServerGroup} was taken out: {failure.Message}");

    private void Tell(DeployEventKind kind, IReadOnlyList<ServerGroupName> groups, long? version, string message) =>
        onEvent(new DeployEvent(kind, environment, release, groups, version, message));

    private static string Names(IReadOnlyList<ServerGroupName> groups) => string.Join(", ", groups);
}
