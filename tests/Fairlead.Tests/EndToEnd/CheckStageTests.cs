using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Stages that ask what was deployed: by HTTP, gRPC, rows whose answers are known, and load; and a pipeline as a strategy.</summary>
public sealed class CheckStageTests
{
    private const string Pipelines = """

        pipelines:
          dark:
            inputs: { environment: { type: text }, release: { type: text } }
            stages:
              replace: { deploy: "${{ inputs.environment }}", release: "${{ inputs.release }}", strategy: highlander }
          check:
            stages:
              prod: { deploy: prod, strategy: custom, pipeline: dark, release: v001 }
              alive: { check: { http: /v2/health/ready, grpc: host, expect: "status = 200 and health = 'Serving'" }, after: prod }
              fit: { check: { golden: golden.json, environment: prod, tolerance: 0.00001 }, after: alive }
              load: { load: churn, environment: prod, rate: 200, for: 2s, data: predictions, expect: ["errors = 0", "p99 < 5s"], check: "load.succeeded > 300", after: fit }
          wrong:
            stages:
              unfit: { check: { golden: wrong.json, environment: prod, tolerance: 0.00001 }, on-failure: continue }
              gone: { check: { http: /nothing, environment: prod, status: 404 } }
              slow: { load: churn, environment: prod, rate: 50, for: 1s, data: predictions, expect: ["p99 < 1ns"], after: gone }
        """;

    [Fact]
    public async Task Stages_AskWhatWasDeployed_AndFailWithWhatIsWrong()
    {
        await using var project = TempProject.Churn();
        project.Write("fairlead.yaml", await File.ReadAllTextAsync(Path.Combine(project.Root, "fairlead.yaml"), TestContext.Current.CancellationToken) + Pipelines);
        await project.UpAsync();
        await project.DeployAsync("prod");
        var lines = new List<string>();
        foreach (var features in (string[])["[3, 39.0, 6]", "[1, 80.5, 2]", "[40, 20.0, 0]"])
        {
            var answer = (await project.MustAsync("predict", "churn", "--env", "prod", "--input", $"{{\"features\": {features}}}", "--format", "json")).Json.GetProperty("outputs");
            var expected = string.Join(", ", answer.EnumerateObject().Select(output => $"\"output.{output.Name}\": {output.Value.GetRawText()}"));
            lines.Add($"{{\"features\": {features}, {expected}}}");
        }

        project.Write("golden.json", string.Join('\n', lines));
        project.Write("wrong.json", string.Join('\n', lines).Replace("[3, 39.0, 6]", "[30, 39.0, 6]"));
        project.Commit("Golden rows");

        var good = await project.MustAsync("pipeline", "run", "check", "--watch", "--format", "json");
        Assert.Equal("succeeded", good.Json.GetProperty("state").GetProperty("status").GetString());
        Assert.Equal(3, Stage(good.Json, "fit").GetProperty("output").GetProperty("golden").GetProperty("matched").GetInt32());
        Assert.Equal("churn-prod-v001", Stage(good.Json, "load").GetProperty("output").GetProperty("server-groups")[0].GetString());
        Assert.Equal("v001", Stage(good.Json, "prod").GetProperty("output").GetProperty("stages").GetProperty("replace").GetProperty("release").GetString());

        // Of a commit, rows are those of the commit, whatever lies in the work tree.
        project.Write("golden.json", "no rows");
        await project.MustAsync("pipeline", "run", "check", "--commit", "HEAD", "--watch");

        Assert.Equal(1, (await project.RunAsync("pipeline", "run", "wrong", "--watch")).ExitCode);
        var wrong = await project.MustAsync("pipeline", "show", "5", "--format", "json");
        Assert.Contains("1 of 3 golden rows of 'wrong.json' are not answered as they should be: row 1: ", Stage(wrong.Json, "unfit").GetProperty("error").GetString());
        Assert.Equal("succeeded", Stage(wrong.Json, "gone").GetProperty("status").GetString());
        Assert.Contains("The check 'p99 < 1ns' does not hold", Stage(wrong.Json, "slow").GetProperty("error").GetString());
    }

    private static JsonElement Stage(JsonElement execution, string name) =>
        execution.GetProperty("state").GetProperty("stages").EnumerateArray().Single(stage => stage.GetProperty("name").GetString() == name);
}
