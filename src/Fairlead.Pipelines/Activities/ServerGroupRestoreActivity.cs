using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Brings server groups back to the traffic and the instances that they had: more instances come before the traffic does, fewer after it.</summary>
internal sealed class ServerGroupRestoreActivity(IServerGroupChanges groups) : IActivity
{
    public const string KindName = "restoreServerGroups";

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var user = call.Input.GetProperty("user").GetString()!;
        var before = call.Input.GetProperty("before").EnumerateArray().Select(Read).ToList();
        var restored = new List<string>();
        foreach (var service in before.GroupBy(group => (group.Name.Environment, group.Name.Service)))
        {
            var now = (await groups.ListAsync(service.Key.Environment, service.Key.Service, cancellationToken).ConfigureAwait(false)).Where(ServerGroupChange.IsUsable).ToDictionary(group => group.Name);
            if (service.FirstOrDefault(group => group.Weight != Weight.None && !now.ContainsKey(group.Name)) is { Weight.Hundredths: > 0 } gone)
                return ActivityOutcome.Failed($"The server group '{gone.Name}', which had {gone.Weight} of the traffic, is gone: deploy its release again.", isRetryable: false);
            await ResizeAsync(service, now, isGrowing: true, user, call, cancellationToken).ConfigureAwait(false);
            var weights = service.Where(group => group.Weight != Weight.None).ToDictionary(group => group.Name, group => group.Weight);
            if (weights.Count > 0 && now.Values.Any(group => group.Weight != weights.GetValueOrDefault(group.Name)))
            {
                await groups.SetTrafficAsync(service.Key.Environment, service.Key.Service, weights, user, cancellationToken).ConfigureAwait(false);
                restored.AddRange(weights.Select(share => $"{share.Key}={share.Value}"));
            }

            await ResizeAsync(service, now, isGrowing: false, user, call, cancellationToken).ConfigureAwait(false);
        }

        return ActivityOutcome.Succeeded(StageData.Object(("restored", restored)));
    }

    private async Task ResizeAsync(
        IEnumerable<(ServerGroupName Name, Weight Weight, int? Instances)> before, Dictionary<ServerGroupName, ServerGroup> now, bool isGrowing, string user, ActivityCall call, CancellationToken cancellationToken)
    {
        foreach (var (name, _, instances) in before)
        {
            if (instances is not { } wanted || !now.TryGetValue(name, out var group) || ServerGroupChange.InstancesOf(group) is not { } present || wanted == present || wanted > present != isGrowing)
                continue;
            await groups.ResizeAsync(name, wanted, user, cancellationToken).ConfigureAwait(false);
            call.Heartbeat();
        }
    }

    private static (ServerGroupName Name, Weight Weight, int? Instances) Read(JsonElement group) => (
        ServerGroupName.Parse(group.GetProperty("name").GetString()!),
        new Weight(group.GetProperty("weight").GetInt32()),
        group.TryGetProperty("instances", out var instances) && instances.ValueKind == JsonValueKind.Number ? instances.GetInt32() : null);
}
