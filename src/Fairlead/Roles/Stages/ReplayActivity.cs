using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Query;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Running;

namespace Fairlead.Roles.Stages;

/// <summary>Scores recorded predictions again for a stage; begun again, it reads the same predictions.</summary>
internal sealed class ReplayActivity(ReplayEngine engine, IWorkspace workspace, PredictionQuery query) : IActivity
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
            Environment = await EnvironmentAsync(Text(input, "environment"), cancellationToken),
            Where = Text(input, "where"),
            Limit = input.TryGetProperty("limit", out var limit) ? limit.GetInt64() : null,
            User = Text(input, "user"),
        };
        if (Text(input, "ifNone") == "skip" && !await HasAnyAsync(order, cancellationToken))
            return ActivityOutcome.Nothing($"'{order.Service}' in '{order.From}' has no such predictions");
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

    /// <summary>A deployment to an environment that is not there fails by itself, and says so better.</summary>
    private async Task<string?> EnvironmentAsync(string? name, CancellationToken cancellationToken) =>
        name is not null && (await workspace.ReadAsync(cancellationToken)).Project.Environments.Any(environment => environment.Name == name) ? name : null;

    private async Task<bool> HasAnyAsync(ReplayOrder order, CancellationToken cancellationToken)
    {
        // A comment at the condition's end must not swallow what follows it.
        var sql =
            $"""
            select 1 from predictions
            where service = '{Quoted(order.Service)}' and environment = '{Quoted(order.From)}' and "role" = 'live' and status < 400
            and "time" between '{order.Since:O}'::timestamptz and '{order.Until:O}'::timestamptz and ({order.Where ?? "true"}
            )
            limit 1
            """;
        await using var rows = await query.RunAsync(sql, new QueryOptions(), cancellationToken);
        await foreach (var _ in rows.ReadRowsAsync(cancellationToken))
            return true;
        return false;
    }

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static string? Text(JsonElement input, string name) => input.TryGetProperty(name, out var value) ? value.GetString() : null;
}
