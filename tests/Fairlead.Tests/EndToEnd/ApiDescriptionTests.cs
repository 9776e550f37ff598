using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>The API's surface is a format that others build on: what is added or taken away shows here.</summary>
public sealed class ApiDescriptionTests
{
    private static readonly string[] Operations =
    [
        "get /api/contracts",
        "get /api/datasets",
        "get /api/desired-state",
        "get /api/live",
        "get /api/load-inputs",
        "get /api/predictions/{id}/trace",
        "get /api/releases",
        "get /api/releases/{name}",
        "get /api/runs",
        "get /api/runs/diff",
        "get /api/runs/{id}",
        "get /api/runs/{id}/log",
        "get /api/schema",
        "get /api/server-groups",
        "get /api/server-groups/{name}/logs",
        "get /api/status",
        "post /api/datasets",
        "post /api/environments/{environment}/deployments",
        "post /api/environments/{environment}/rollback",
        "post /api/environments/{environment}/traffic",
        "post /api/hosts/report",
        "post /api/outcomes",
        "post /api/query",
        "post /api/releases",
        "post /api/runs",
        "post /api/store/check",
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
