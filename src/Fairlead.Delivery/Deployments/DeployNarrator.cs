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

    public void Shifted(Rollout rollout, IReadOnlyList<ServerGroupName> groups, long version) =>
        Tell(
            rollout.IsLastStep ? DeployEventKind.Live : DeployEventKind.Shifted,
            groups,
            version,
            rollout is { Kind: RolloutKind.Deployment, Strategy.Kind: StrategyKind.Shadow }
                ? $"{Names(groups)} gets copies of {rollout.Strategy.Mirror} of the requests in '{environment}'."
                : $"{Names(groups)} live in '{environment}' with {rollout.Steps[rollout.Step].Shares[0].Weight}.");

    public void Evicted(ServerGroupFailure failure, long version) =>
        Tell(DeployEventKind.Evicted, [failure.ServerGroup], version, $"The warm server group {failure.ServerGroup} was taken out: {failure.Message}");

    private void Tell(DeployEventKind kind, IReadOnlyList<ServerGroupName> groups, long? version, string message) =>
        onEvent(new DeployEvent(kind, environment, release, groups, version, message));

    private static string Names(IReadOnlyList<ServerGroupName> groups) => string.Join(", ", groups);
}
