using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>An environment that is frozen: what may not change waits or is refused, what has to can, and the way back is always open.</summary>
public sealed class WindowTests
{
    private const string Freeze = "freezes:\n  quiet: { from: 2000-01-01, until: 2900-01-01, environments: [prod], reason: The books are read }\n";

    private const string Pipelines = """

        pipelines:
          out: { stages: { prod: { deploy: prod }, over: { cutover: "${{ stages.prod.live }}", after: prod }, off: { disable: churn-prod-v001, after: over } } }
        """;

    [Fact]
    public async Task Frozen_DeploymentsAreRefusedOrWait_AndRollbacksAreNot()
    {
        await using var project = TempProject.Churn();
        var file = await File.ReadAllTextAsync(Path.Combine(project.Root, "fairlead.yaml"), TestContext.Current.CancellationToken);
        project.Write("fairlead.yaml", file + Pipelines);
        project.Commit("A pipeline");
        await project.UpAsync();
        await project.DeployAsync("prod");
        var changed = file.Replace("passes: 60", "passes: 30", StringComparison.Ordinal) + Pipelines;
        project.Write("fairlead.yaml", changed + "\n" + Freeze);
        project.Commit("A freeze");
        await project.MustAsync("run");
        await project.MustAsync("release");

        var refused = await project.RunAsync("deploy", "prod");
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("'prod' is frozen by 'quiet' (The books are read).", refused.Errors);
        Assert.Contains("--override", refused.Errors);
        await project.MustAsync("deploy", "stage");

        await project.MustAsync("pipeline", "run", "out");
        await project.EventuallyAsync(async () => Stage(await project.GetAsync("api/executions/1"), "prod"), stage => stage.TryGetProperty("note", out var note) && note.GetString()!.StartsWith("waiting for the window of 'prod': 'prod' is frozen by 'quiet'", StringComparison.Ordinal));
        Assert.Contains("waiting for the window of 'prod'", (await project.MustAsync("pipeline", "show", "1")).Output);

        await project.MustAsync("deploy", "prod", "--override", "It is down.");
        Assert.Contains("It is down.", (await project.MustAsync("rollout", "list", "--format", "json")).Output);
        Assert.Contains("It is down.", (await project.MustAsync("audit", "--what", "deployment.override")).Output);
        await project.MustAsync("rollback", "prod");

        project.Write("fairlead.yaml", changed);
        project.Commit("No freeze any more");
        await project.MustAsync("pipeline", "restart", "1", "prod");
        var ended = await project.MustAsync("pipeline", "watch", "1", "--format", "json");
        Assert.Equal("succeeded", ended.Json.GetProperty("state").GetProperty("status").GetString());
        Assert.Contains("churn-prod-v002", Stage(ended.Json, "off").GetProperty("output").GetProperty("live").GetRawText());
    }

    private static JsonElement Stage(JsonElement execution, string name) =>
        execution.GetProperty("state").GetProperty("stages").EnumerateArray().Single(stage => stage.GetProperty("name").GetString() == name);
}
