using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Repositories and steps that are not as they should be.</summary>
public sealed class ProjectInputTests
{
    [Fact]
    public async Task Up_WithoutRepositoryOrCommit_SaysWhatToDoAndLeavesNothing()
    {
        await using var project = TempProject.ChurnFiles(Directory.CreateTempSubdirectory("fairlead-e2e-").FullName);
        string[] up = ["up", "--port", $"{project.ControlPort}", "--host-port", $"{project.HostPort}"];

        var none = await project.RunAsync(up);
        Assert.Equal(4, none.ExitCode);
        Assert.Contains("git init", none.Errors);
        Assert.Single(none.Errors.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(Path.Combine(project.Root, ".fairlead")));

        project.Init();
        var empty = await project.RunAsync(up);
        Assert.Equal(4, empty.ExitCode);
        Assert.Contains("no commit yet", empty.Errors);
        Assert.Empty(Signals.ProcessesNaming(project.Root));
    }

    [Fact]
    public async Task DirtyTree_OfARun_ShowsInEveryListing()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        project.Write("notes.txt", "not committed");
        await project.DeployAsync("prod");
        var prediction = (await project.MustAsync("predict", "churn", "--env", "prod", "--input", """{"features": [3, 39.0, 6]}""", "--format", "json")).Json.GetProperty("prediction").GetString()!;

        foreach (var command in new[] { "runs", "releases", "status", "dataset list", "show train-1", $"trace {prediction}" })
            Assert.Contains("+dirty:", (await project.MustAsync(command.Split(' '))).Output);
        using var http = new HttpClient { BaseAddress = project.ControlUrl };
        foreach (var page in new[] { "", "runs/train-1", "releases/v001", $"predictions/{prediction}" })
            Assert.Matches("[+]dirty|uncommitted changes", await http.GetStringAsync(page, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("raise SystemExit('no luck')", "exit code 1", "no luck")]
    [InlineData("print('slow', flush=True)\nimport time\ntime.sleep(600)", "2", "slow")]
    [InlineData("print('nothing made', flush=True)", "model.onnx", "nothing made")]
    public async Task Step_ThatDoesNotSucceed_IsNamedAndItsLogKept(string script, string reason, string logged)
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        project.Write("steps/train.py", script);
        project.Replace("fairlead.yaml", "    outputs: [model.onnx, weights.json]", "    resources: { timeout: 2s }\n    outputs: [model.onnx, weights.json]");

        var run = await project.RunAsync("run");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 executed, 0 cached, 1 failed, 1 skipped", run.Output);
        Assert.Contains(run.Output.Split('\n'), line => line.StartsWith("train ", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
        Assert.Contains(logged, (await project.MustAsync("show", "train-1", "--log")).Output);
        Assert.Matches("train-1 +(failed|timed out)", (await project.MustAsync("runs")).Output);
        var release = await project.RunAsync("release");
        Assert.Equal(5, release.ExitCode);
        Assert.Contains("fairlead run", release.Errors);
    }
}
