using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Scheduling;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Notes how the server groups stand that are about to be changed: what an undoing goes back to.</summary>
internal sealed class ServerGroupLookActivity(IServerGroupChanges groups, DeployGate gate) : IActivity
{
    public const string KindName = "serverGroups";

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var change = ServerGroupChange.Of(call.Input);
        if (change.Kind == ServerGroupChange.Cutover && await gate.FindClosureAsync(change.Services[0].Environment, cancellationToken).ConfigureAwait(false) is { } closure)
            return ActivityOutcome.Succeeded(HeldActivities.Output(change.Services[0].Environment, closure));
        var before = new JsonArray();
        foreach (var (environment, service) in change.Services)
        {
            foreach (var group in (await groups.ListAsync(environment, service, cancellationToken).ConfigureAwait(false)).Where(ServerGroupChange.IsUsable))
            {
                before.Add(new JsonObject
                {
                    ["name"] = group.Name.ToString(),
                    ["weight"] = group.Weight.Hundredths,
                    ["instances"] = ServerGroupChange.InstancesOf(group),
                });
            }
        }

        return ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement(new JsonObject { ["before"] = before }));
    }
}
