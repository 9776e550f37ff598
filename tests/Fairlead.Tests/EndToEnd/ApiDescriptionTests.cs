using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>The API's surface is a format that others build on: what is added or taken away shows here.</summary>
public sealed class ApiDescriptionTests
{
    private static readonly string[] Operations =
    [
        "delete /api/environments/{environment}/secrets/{name}",
        "delete /api/queries/{name}",
        "delete /api/secrets/{name}",
        "get /api/alerts",
        "get /api/alerts/{rule}",
        "get /api/audit",
        "get /api/audit/export",
        "get /api/audit/verify",
        "get /api/contracts",
        "get /api/datasets",
        "get /api/desired-state",
        "get /api/drift",
        "get /api/drift/latest",
        "get /api/environments",
        "get /api/environments/{environment}",
        "get /api/environments/{environment}/diff/{other}",
        "get /api/environments/{environment}/preview",
        "get /api/executions",
        "get /api/executions/{number}",
        "get /api/executions/{number}/events",
        "get /api/experiments",
        "get /api/experiments/{name}",
        "get /api/kpis",
        "get /api/kpis/{name}",
        "get /api/live",
        "get /api/load-inputs",
        "get /api/me",
        "get /api/openlineage",
        "get /api/pipelines",
        "get /api/predictions/erasures",
        "get /api/predictions/sizes",
        "get /api/predictions/{id}/trace",
        "get /api/queries",
        "get /api/queries/{name}/rows",
        "get /api/releases",
        "get /api/releases/{name}",
        "get /api/replays",
        "get /api/replays/{number}",
        "get /api/replays/{number}/report",
        "get /api/replays/{number}/rows/{file}",
        "get /api/rollouts",
        "get /api/rollouts/{number}",
        "get /api/runs",
        "get /api/runs/diff",
        "get /api/runs/{id}",
        "get /api/runs/{id}/log",
        "get /api/schema",
        "get /api/secrets",
        "get /api/server-groups",
        "get /api/server-groups/{name}",
        "get /api/server-groups/{name}/logs",
        "get /api/status",
        "get /api/trace",
        "get /api/users",
        "get /api/verifications",
        "get /api/verifications/{number}",
        "get /schemas/openlineage/{name}",
        "post /api/alerts/{rule}/acknowledge",
        "post /api/alerts/{rule}/silence",
        "post /api/datasets",
        "post /api/environments/{environment}/deployments",
        "post /api/environments/{environment}/rollback",
        "post /api/environments/{environment}/rollouts/{number}/abort",
        "post /api/environments/{environment}/rollouts/{number}/pause",
        "post /api/environments/{environment}/rollouts/{number}/resume",
        "post /api/environments/{environment}/server-groups/{name}/destroy",
        "post /api/environments/{environment}/server-groups/{name}/disable",
        "post /api/environments/{environment}/server-groups/{name}/enable",
        "post /api/environments/{environment}/server-groups/{name}/resize",
        "post /api/environments/{environment}/traffic",
        "post /api/executions",
        "post /api/executions/plan",
        "post /api/executions/{number}/cancel",
        "post /api/executions/{number}/end",
        "post /api/executions/{number}/pause",
        "post /api/executions/{number}/restart",
        "post /api/executions/{number}/resume",
        "post /api/executions/{number}/stages/{stage}/callback",
        "post /api/executions/{number}/stages/{stage}/judgment",
        "post /api/executions/{number}/watch",
        "post /api/experiments",
        "post /api/experiments/plan",
        "post /api/experiments/{name}/conclude",
        "post /api/experiments/{name}/stop",
        "post /api/hosts/report",
        "post /api/me/tokens",
        "post /api/outcomes",
        "post /api/outcomes/import",
        "post /api/predictions/erasures",
        "post /api/predictions/quarantine",
        "post /api/predictions/restore",
        "post /api/predictions/{id}/verify",
        "post /api/predictions/{id}/verify/rebuild",
        "post /api/query",
        "post /api/releases",
        "post /api/replays",
        "post /api/replays/{number}/resume",
        "post /api/runs",
        "post /api/secrets/rotate",
        "post /api/store/check",
        "post /api/users",
        "post /api/users/{name}/revoke",
        "post /api/users/{name}/tokens",
        "post /api/verifications",
        "put /api/environments/{environment}/secrets/{name}",
        "put /api/queries/{name}",
        "put /api/secrets/{name}",
        "put /api/users/{name}",
    ];

    [Fact]
    public async Task OpenApi_OfTheControlPlane_DescribesEveryOperation()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        using var http = new HttpClient { BaseAddress = project.ControlUrl };

        using var document = JsonDocument.Parse(await http.GetStringAsync("openapi/v1.json", TestContext.Current.CancellationToken));

        var paths = document.RootElement.GetProperty("paths").EnumerateObject().ToList();
        var operations = paths.SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name} {path.Name}"));
        Assert.Equal(Operations, operations.Order(StringComparer.Ordinal));
        Assert.All(paths.SelectMany(path => path.Value.EnumerateObject()), operation => Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!));
    }
}
