using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Load;
using Fairlead.Load.Judging;
using Fairlead.Load.Profiles;
using Fairlead.Load.Sending;
using Fairlead.Pipelines.Activities;
using Fairlead.Predictions.Sampling;

namespace Fairlead.Roles.Stages;

/// <summary>Puts load on a service for a stage. Begun again, it loads again: nothing that it does needs undoing.</summary>
internal sealed class LoadActivity(StageRows rows, HostAccess host, TimeProvider time) : IActivity
{
    /// <summary>Different rows that requests are made of.</summary>
    private const int SampleRows = 10_000;

    public string Kind => "load";

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var result = await LoadRun.RunAsync(await OrderAsync(call.Plan, call.Input, cancellationToken), time, _ => call.Heartbeat(), cancellationToken);
        // Cancelled, it answers with what was measured so far; that is no result of the stage.
        cancellationToken.ThrowIfCancellationRequested();
        if (!result.Passed)
            return ActivityOutcome.Failed(string.Join(' ', result.Checks.Where(check => !check.Passed).Select(check => check.Message)));
        return ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement(new JsonObject
        {
            ["load"] = MetricTree.Of(result.Metrics()),
            ["server-groups"] = new JsonArray([.. result.ServerGroups.Select(group => (JsonNode)JsonValue.Create(group.Name))]),
        }));
    }

    private async Task<LoadOrder> OrderAsync(ExecutionPlan plan, JsonElement input, CancellationToken cancellationToken)
    {
        var (service, data) = (Text(input, "service")!, Text(input, "data")!);
        var (rate, length) = (input.GetProperty("rate").GetDouble(), TimeSpan.FromSeconds(input.GetProperty("seconds").GetInt64()));
        return new LoadOrder
        {
            Target = new LoadTarget { Url = host.Url, Service = service, Environment = Text(input, "environment"), Token = host.Token },
            Transport = Text(input, "protocol") == "grpc" ? LoadTransport.Grpc : LoadTransport.Rest,
            Profile = Text(input, "profile") switch
            {
                "ramp" => new RampProfile(rate, length),
                "spike" => new SpikeProfile(rate, length, input.TryGetProperty("peak", out var peak) ? peak.GetDouble() : SpikeProfile.DefaultFactor),
                _ => new SteadyProfile(rate, length),
            },
            Concurrency = Number(input, "concurrency") ?? LoadOrder.DefaultConcurrency,
            RowsPerRequest = Number(input, "rows") ?? 1,
            Data = data,
            IsRecorded = RowSources.IsPredictions(data),
            Path = Text(input, "path"),
            Method = Text(input, "method"),
            Rows = await rows.ReadAsync(plan, service, data, SampleRows, seed: 0, cancellationToken),
            Checks = [.. input.GetProperty("expect").EnumerateArray().Select(check => LoadCheck.Parse(check.GetString()!))],
        };
    }

    private static string? Text(JsonElement input, string name) => input.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement input, string name) => input.TryGetProperty(name, out var value) ? value.GetInt32() : null;
}
