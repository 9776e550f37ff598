using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Load;
using Fairlead.Load.Golden;
using Fairlead.Pipelines.Activities;

namespace Fairlead.Roles.Stages;

/// <summary>Asks a service for rows whose answers are known, and fails where one is off by more than it may be.</summary>
internal sealed class GoldenActivity(StageRows rows, HostAccess host) : IActivity
{
    public string Kind => "check-golden";

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var input = call.Input;
        var data = input.GetProperty("data").GetString()!;
        var service = input.TryGetProperty("service", out var named) ? named.GetString()! : await rows.OnlyServiceAsync(cancellationToken);
        var order = new GoldenOrder
        {
            Target = new LoadTarget { Url = host.Url, Service = service, Environment = input.TryGetProperty("environment", out var environment) ? environment.GetString() : null, Token = host.Token },
            // One more than are taken, so that too many are not taken for all.
            Rows = await rows.ReadAsync(call.Plan, service, data, GoldenOrder.MaxRows + 1, seed: null, cancellationToken),
            Data = data,
            Tolerance = Number(input, "tolerance"),
            RelativeTolerance = Number(input, "relativeTolerance"),
            Timeout = TimeSpan.FromMilliseconds(input.GetProperty("limit").GetInt64()),
        };
        var result = await GoldenCheck.RunAsync(order, call.Heartbeat, cancellationToken);
        if (!result.Passed)
            return ActivityOutcome.Failed($"{result.Rows - result.Matched} of {result.Rows} golden rows of '{data}' are not answered as they should be: {string.Join("; ", result.Mismatches)}.");
        return ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement(new JsonObject
        {
            ["golden"] = new JsonObject { ["rows"] = result.Rows, ["matched"] = result.Matched, ["worst"] = result.Worst },
            ["server-groups"] = new JsonArray([.. result.ServerGroups.Select(group => (JsonNode)JsonValue.Create(group))]),
        }));
    }

    private static double Number(JsonElement input, string name) => input.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}
