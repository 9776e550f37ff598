using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Running;

namespace Fairlead.Roles.Stages;

/// <summary>Scores recorded predictions again for a stage; begun again, it reads the same predictions.</summary>
internal sealed class ReplayActivity(ReplayEngine engine, IWorkspace workspace) : IActivity
{
    public string Kind => "replay";

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var input = call.Input;
        var order = new ReplayOrder
        {
            Service = Text(input, "service") ?? await OnlyServiceAsync(cancellationToken),
            From = Text(input, "from")!,
            Since = DateTimeOffset.Parse(Text(input, "since")!, CultureInfo.InvariantCulture),
            Until = DateTimeOffset.Parse(Text(input, "until")!, CultureInfo.InvariantCulture),
            Target = Text(input, "target"),
            Where = Text(input, "where"),
            Limit = input.TryGetProperty("limit", out var limit) ? limit.GetInt64() : null,
            User = Text(input, "user"),
        };
        var record = await engine.RunAsync(order, _ => call.Heartbeat(), cancellationToken);
        var output = MetricTree.Of(record.Metrics);
        output["number"] = record.Number;
        return ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement<JsonNode>(output));
    }

    private async Task<string> OnlyServiceAsync(CancellationToken cancellationToken)
    {
        var services = (await workspace.ReadAsync(cancellationToken)).Project.Services;
        return services.Count == 1 ? services[0].Name : throw FairleadException.Invalid($"The project has {services.Count} services; say by 'service' whose predictions are replayed.");
    }

    private static string? Text(JsonElement input, string name) => input.TryGetProperty(name, out var value) ? value.GetString() : null;
}
