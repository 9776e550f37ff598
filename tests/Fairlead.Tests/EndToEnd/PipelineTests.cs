using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>From a commit to what people use, by a pipeline from the command line, with a person who judges in between.</summary>
public sealed class PipelineTests
{
    private const string Pipelines = """

        pipelines:
          release:
            inputs: { least: { type: number, default: 0 } }
            stages:
              verify: { steps: [evaluate], check: "metrics.evaluate.accuracy > inputs.least" }
              release: { release: { }, after: verify }
              smoke: { script: "cat README.md > /dev/null && echo '{\"lines\": 3}' > $FAIRLEAD_OUTPUT", code: [README.md], after: release }
              judge: { judgment: "Is it fit?", environment: prod, comment: required, deadline: 1h, after: smoke }
              prod: { deploy: prod, after: judge, when: "stages.smoke.lines = 3 and stages.judge.decision = 'approve'" }
        """;

    [Fact]
    public async Task Release_FromACommitToPeople_WithAJudgmentAndAKilledControlPlane()
    {
        await using var project = TempProject.Churn();
        project.Write("README.md", "# Churn\n");
        project.Write("fairlead.yaml", await File.ReadAllTextAsync(Path.Combine(project.Root, "fairlead.yaml"), TestContext.Current.CancellationToken) + Pipelines);
        project.Commit("A pipeline");
        await project.UpAsync();
        Assert.Equal(5, (await project.MustAsync("pipeline", "validate", "release", "--format", "json")).Json.GetArrayLength());
        Assert.Equal(4, (await project.RunAsync("pipeline", "run", "release", "--input", "least=much")).ExitCode);
        Assert.Equal(3, (await project.RunAsync("pipeline", "run", "relese")).ExitCode);

        Assert.Equal(1, (await project.MustAsync("pipeline", "run", "release", "--format", "json")).Json.GetProperty("number").GetInt32());
        await UntilAsync(project, "judge", "judging");
        Assert.Equal(5, (await project.RunAsync("pipeline", "judge", "1", "judge", "approve")).ExitCode);
        Signals.Kill(project.ProcessOf("control"));
        await project.UpAsync();
        await project.MustAsync("pipeline", "judge", "1", "judge", "approve", "--comment", "Fit.");
        var ended = await project.MustAsync("pipeline", "watch", "1", "--format", "json");
        Assert.Equal("succeeded", ended.Json.GetProperty("state").GetProperty("status").GetString());
        Assert.Equal("v001", Stage(ended.Json, "prod").GetProperty("output").GetProperty("release").GetString());
        Assert.Contains("churn-prod-v001", (await project.MustAsync("status")).Output);
        Assert.Contains("succeeded", (await project.MustAsync("pipeline", "list")).Output);
        Assert.Contains("Fit.", (await project.MustAsync("pipeline", "show", "1", "--format", "json")).Output);

        var rejected = await project.RunAsync("pipeline", "run", "release", "--watch", "--input", "least=0.999");
        Assert.Equal(1, rejected.ExitCode);
        Assert.Contains("The check does not hold", rejected.Output);
        Assert.Equal(5, (await project.RunAsync("pipeline", "cancel", "2")).ExitCode);
    }

    private static Task UntilAsync(TempProject project, string stage, string status) => project.EventuallyAsync(
        async () => Stage(await project.GetAsync("api/executions/1"), stage).GetProperty("status").GetString(),
        found => found == status);

    private static JsonElement Stage(JsonElement execution, string name) =>
        execution.GetProperty("state").GetProperty("stages").EnumerateArray().Single(stage => stage.GetProperty("name").GetString() == name);
}
