using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Changes server groups; what stands as asked already is left alone, so that it can be done again.</summary>
internal sealed class ServerGroupChangeActivity(IServerGroupChanges groups) : IActivity
{
    public const string KindName = "changeServerGroups";

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var change = ServerGroupChange.Of(call.Input);
        if (change.Kind == ServerGroupChange.Scale)
            return await ScaleAsync(change, call, cancellationToken).ConfigureAwait(false);
        foreach (var name in change.Groups)
        {
            await ChangeAsync(change, name, cancellationToken).ConfigureAwait(false);
            call.Heartbeat();
        }

        return await EndAsync(change, change.Groups, cancellationToken).ConfigureAwait(false);
    }

    private Task ChangeAsync(ServerGroupChange change, ServerGroupName name, CancellationToken cancellationToken) => change.Kind switch
    {
        ServerGroupChange.Cutover => groups.SetTrafficAsync(name.Environment, name.Service, new Dictionary<ServerGroupName, Weight> { [name] = Weight.All }, change.User, cancellationToken),
        ServerGroupChange.Disable => groups.DisableAsync(name, change.User, cancellationToken),
        ServerGroupChange.Destroy => groups.DestroyAsync(name, change.User, cancellationToken),
        ServerGroupChange.Resize => groups.ResizeAsync(name, change.Instances, change.User, cancellationToken),
        _ => throw new InvalidOperationException($"'{change.Kind}' does nothing to a server group."),
    };

    private async Task<ActivityOutcome> ScaleAsync(ServerGroupChange change, ActivityCall call, CancellationToken cancellationToken)
    {
        var (environment, service) = change.Services[0];
        var live = (await groups.ListAsync(environment, service, cancellationToken).ConfigureAwait(false)).Where(IsLive).ToList();
        if (live.Count == 0)
            throw FairleadException.Conflict($"No server group of '{service}' takes traffic in '{environment}', so that there is nothing to scale: deploy it first.");
        // Rounded up: shares of the traffic are served by no less than their share of the instances.
        foreach (var group in live)
        {
            var instances = (int)(((long)change.Instances * group.Weight.Hundredths + Weight.Whole - 1) / Weight.Whole);
            await groups.ResizeAsync(group.Name, Math.Max(1, instances), change.User, cancellationToken).ConfigureAwait(false);
            call.Heartbeat();
        }

        return await EndAsync(change, [.. live.Select(group => group.Name)], cancellationToken).ConfigureAwait(false);
    }

    private async Task<ActivityOutcome> EndAsync(ServerGroupChange change, IEnumerable<ServerGroupName> changed, CancellationToken cancellationToken)
    {
        var live = new List<string>();
        foreach (var (environment, service) in change.Services)
            live.AddRange((await groups.ListAsync(environment, service, cancellationToken).ConfigureAwait(false)).Where(IsLive).Select(group => group.Name.ToString()));
        return ActivityOutcome.Succeeded(StageData.Object(("groups", changed.Select(name => name.ToString())), ("live", live)));
    }

    private static bool IsLive(ServerGroup group) => group.Status == ServerGroupStatus.Enabled;
}
