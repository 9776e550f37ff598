using System.Net;
using System.Text;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>The whole way with a project in another language, on other data, with another signature than the demo's.</summary>
public sealed class ChurnProjectTests
{
    private const string Input = """{"features": [3, 39.0, 6]}""";

    [Fact]
    public async Task Project_FromCommitToTrace_AnswersLogsAndTraces()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();

        var run = (await project.MustAsync("run", "--format", "json")).Json;
        Assert.Equal(["customers", "train", "evaluate"], run.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("step").GetString()));
        Assert.All(run.GetProperty("steps").EnumerateArray(), step => Assert.Equal("executed", step.GetProperty("outcome").GetString()));
        var release = (await project.MustAsync("release", "--format", "json")).Json;
        Assert.Equal("v001", release.GetProperty("release").GetProperty("name").GetString());
        await project.MustAsync("deploy", "prod");
        var prediction = (await project.MustAsync("predict", "churn", "--env", "prod", "--input", Input, "--format", "json")).Json;
        Assert.Equal("churn-prod-v001", prediction.GetProperty("serverGroup").GetString());
        Assert.Equal(2, prediction.GetProperty("outputs").GetProperty("probabilities").GetArrayLength());

        var id = prediction.GetProperty("prediction").GetString()!;
        var trace = await project.MustAsync("trace", id);
        Assert.Contains("train-1", trace.Output);
        Assert.Contains("plans", trace.Output);
        var rows = (await project.MustAsync("query", $"select id, input.features[1] as months, output.label from predictions where id = '{id}'", "--format", "json")).Json;
        Assert.Equal(3, rows[0].GetProperty("months").GetDouble());
    }

    [Fact]
    public async Task Run_WhenOneParameterChanged_ExecutesOnlyWhatDependsOnIt()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.MustAsync("run");
        project.Replace("fairlead.yaml", "l2: 0.001", "l2: 0.1");

        var report = (await project.MustAsync("run", "--format", "json")).Json;

        var outcomes = report.GetProperty("steps").EnumerateArray().ToDictionary(s => s.GetProperty("step").GetString()!, s => s.GetProperty("outcome").GetString());
        Assert.Equal("cached", outcomes["customers"]);
        Assert.Equal("executed", outcomes["train"]);
        Assert.Equal("executed", outcomes["evaluate"]);
        Assert.Contains("l2", report.GetProperty("steps")[1].GetProperty("reason").GetString());
        Assert.True(report.GetProperty("commit").TryGetProperty("dirtyDigest", out _), "the tree is dirty and must be recorded so");
        var listing = await project.MustAsync("runs");
        Assert.Contains("+dirty:", listing.Output);
    }

    [Fact]
    public async Task Rollback_AfterASecondRelease_ReturnsToTheFirstGroup()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.DeployAsync("prod");
        project.Replace("fairlead.yaml", "l2: 0.001", "l2: 0.1");
        project.Commit("Shrink more");
        await project.DeployAsync("prod");
        Assert.Equal("churn-prod-v002", await AnsweringGroupAsync(project));

        await project.MustAsync("rollback", "prod");

        Assert.Equal("churn-prod-v001", await AnsweringGroupAsync(project));
        var status = (await project.MustAsync("status", "--format", "json")).Json;
        var weights = status.GetProperty("serverGroups").EnumerateArray().ToDictionary(g => g.GetProperty("name").GetString()!, g => g.GetProperty("weight").GetInt32());
        Assert.Equal(10_000, weights["churn-prod-v001"]);
        Assert.Equal(0, weights["churn-prod-v002"]);
    }

    [Fact]
    public async Task Outcomes_PostedForAPrediction_AreJoinedInScored()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.DeployAsync("prod");
        var prediction = (await project.MustAsync("predict", "churn", "--env", "prod", "--input", Input, "--format", "json")).Json.GetProperty("prediction").GetString();
        project.Write("outcomes.jsonl", $$$"""{"prediction": "{{{prediction}}}", "outcome": {"left": true, "after_days": 12}}""" + "\n");

        await project.MustAsync("outcomes", "outcomes.jsonl");

        var rows = (await project.MustAsync("query", "select id, outcome.\"left\" as l, outcome.after_days from scored", "--format", "json")).Json;
        Assert.Equal(prediction, rows[0].GetProperty("id").GetString());
        Assert.True(rows[0].GetProperty("l").GetBoolean());

        // The same in bulk: by SQL over files of this machine, which leaves nothing there, and as CSV. The last wins.
        project.Write("late.csv", $"prediction,left,after_days\n{prediction},false,20\n");
        Assert.Contains("1 outcome recorded", (await project.MustAsync("outcomes", $"select prediction, \"left\", after_days + 1 as after_days from '{Path.Combine(project.Root, "late.csv")}'")).Output);
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), "fairlead-outcomes-*"));
        rows = (await project.MustAsync("query", "select outcome.\"left\" as l, outcome.after_days as d from scored", "--format", "json")).Json;
        Assert.Equal((false, 21), (rows[0].GetProperty("l").GetBoolean(), rows[0].GetProperty("d").GetInt32()));
        Assert.Contains("1 outcome recorded", (await project.MustAsync("outcomes", "late.csv")).Output);
        rows = (await project.MustAsync("query", "select outcome.after_days as d from scored", "--format", "json")).Json;
        Assert.Equal(20, Assert.Single(rows.EnumerateArray()).GetProperty("d").GetInt32());
    }

    [Fact]
    public async Task Host_WhenTheControlPlaneIsKilled_GoesOnAndServesAfterItsOwnRestart()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.DeployAsync("prod");
        using var endpoint = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.Root, ".fairlead", "control", "endpoint.json")));
        Signals.Kill(endpoint.RootElement.GetProperty("processId").GetInt32());
        Assert.Equal("churn-prod-v001", await InferAsync(project));

        var host = HostProcess(project);
        Signals.Kill(host);
        using var alone = OwnHost.Start(project);
        await alone.WaitUntilReadyAsync();

        Assert.Equal("churn-prod-v001", await InferAsync(project));
    }

    [Fact]
    public async Task ControlPlane_AfterItsRestart_AdoptsTheRunningHost()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.DeployAsync("prod");
        var host = HostProcess(project);
        using var endpoint = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.Root, ".fairlead", "control", "endpoint.json")));
        Signals.Kill(endpoint.RootElement.GetProperty("processId").GetInt32());

        await project.UpAsync();

        Assert.Equal(host, HostProcess(project));
        Assert.Equal("churn-prod-v001", await InferAsync(project));
    }

    [Fact]
    public async Task Deploy_OfAModelThatIsNone_IsRefusedWithTheEnginesReasonAndLeavesWhatIsLive()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.DeployAsync("prod");
        project.Write("steps/train.py", "open('out/model.onnx', 'w').write('not a model'); open('out/weights.json', 'w').write('{}'); open('out/metrics.json', 'w').write('{\"loss\": 1}')");
        project.Commit("Break the model");
        await project.RunAsync("run", "train");

        var release = await project.RunAsync("release");

        Assert.Equal(1, release.ExitCode);
        Assert.Contains("churn", release.Errors);
        Assert.Contains("train-2", release.Errors);
        Assert.Equal("churn-prod-v001", await InferAsync(project));
    }

    internal static async Task<string> InferAsync(TempProject project)
    {
        using var http = new HttpClient { BaseAddress = project.HostUrl };
        using var content = new StringContent("""{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":[3,39.0,6]}]}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("environments/prod/v2/models/churn/infer", content, TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response.Headers.GetValues("fairlead-server-group").Single();
    }

    private static async Task<string> AnsweringGroupAsync(TempProject project) =>
        (await project.MustAsync("predict", "churn", "--env", "prod", "--input", Input, "--format", "json")).Json.GetProperty("serverGroup").GetString()!;

    private static int HostProcess(TempProject project)
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.Root, ".fairlead", "host", "host.json")));
        return record.RootElement.GetProperty("pid").GetInt32();
    }
}
