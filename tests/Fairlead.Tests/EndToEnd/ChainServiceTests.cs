using System.Net.Http.Json;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>SQL before and after a model, in one request; batching, limits and addressing as the project file says.</summary>
public sealed class ChainServiceTests
{
    private const string Services =
        """
        services:
          churn: { model: churn, batch: { max: 16, wait: 1ms }, limits: { concurrency: 8, deadline: 5s } }
          churn_raw:
            chain:
              - transform: serving/features.sql
              - model: churn
              - transform: serving/decision.sql
            inputs: { months: "INT64[-1]", price: "FP64[-1]", calls: "INT64[-1]" }

        environments:
          stage: { hosts: [stage.example] }
        """;

    [Fact]
    public async Task Chain_OfTransformsAndAModel_AnswersWhatTheModelAloneDoes()
    {
        await using var project = TempProject.Churn();
        AddServices(project);
        project.Write("serving/features.sql", "select [months, price, calls]::float[3] as features from input");
        project.Write("serving/decision.sql", "select probabilities[2] as leaves, probabilities[2] > 0.5 as call from input");
        project.Commit("Serve raw");
        await project.UpAsync();
        await project.DeployAsync("stage");

        var alone = (await project.MustAsync("predict", "churn", "--env", "stage", "--input", """{"features": [3, 39.0, 6]}""", "--format", "json")).Json;
        var chained = (await project.MustAsync("predict", "churn_raw", "--env", "stage", "--input", """{"months": 3, "price": 39.0, "calls": 6}""", "--format", "json")).Json;

        var leaves = alone.GetProperty("outputs").GetProperty("probabilities")[1].GetDouble();
        Assert.Equal(leaves, chained.GetProperty("outputs").GetProperty("leaves").GetDouble(), 6);
        Assert.Equal(leaves > 0.5, chained.GetProperty("outputs").GetProperty("call").GetBoolean());
        var trace = (await project.MustAsync("trace", chained.GetProperty("prediction").GetString()!)).Output;
        Assert.Contains("model version churn@1", trace);
        Assert.Contains("run train-1", trace);

        using var http = new HttpClient();
        using var byHost = new HttpRequestMessage(HttpMethod.Get, new Uri(project.HostUrl, "/v2/models/churn_raw"));
        byHost.Headers.Host = "stage.example";
        using var refused = await http.SendAsync(byHost, TestContext.Current.CancellationToken);
        var metadata = await refused.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(["months", "price", "calls"], metadata.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Release_OfAChainThatDoesNotFit_NamesStageAndColumn()
    {
        await using var project = TempProject.Churn();
        AddServices(project);
        project.Write("serving/features.sql", "select months from input");
        project.Write("serving/decision.sql", "select 1 as one from input");
        project.Commit("Serve raw");
        await project.UpAsync();
        await project.MustAsync("run");

        var release = await project.RunAsync("release");

        Assert.NotEqual(0, release.ExitCode);
        Assert.Contains("'features'", release.Errors);
        Assert.Contains("months", release.Errors);
    }

    private static void AddServices(TempProject project)
    {
        var file = File.ReadAllText(Path.Combine(project.Root, "fairlead.yaml"));
        var start = file.IndexOf("services:", StringComparison.Ordinal);
        project.Write("fairlead.yaml", file[..start] + Services + "\n");
    }
}
