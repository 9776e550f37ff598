using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>A model is made again from commit and data, from the command line.</summary>
public sealed class RebuildTests
{
    private const string Input = """{"features": [3, 39.0, 6]}""";

    [Fact]
    public async Task Verify_Rebuild_IsIdenticalForTheExampleAndNamesWhatIsNot()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.DeployAsync("prod");
        var first = await PredictAsync(project);
        // What the work tree says now is of no matter to what was.
        project.Replace("steps/train.py", "with open(\"out/model.onnx\"", "import os\n    bias += int.from_bytes(os.urandom(4), 'big') / 2**32\n    with open(\"out/model.onnx\"");
        project.Commit("Train at random");

        var same = await project.MustAsync("verify", first, "--rebuild");
        Assert.Contains("rebuild identical", same.Output);
        Assert.Contains("customers-1 at commit", same.Output);
        Assert.Contains("its answer by the rebuilt model: identical", same.Output);
        Assert.Contains("train-1: executing", same.Errors);

        await project.DeployAsync("prod");
        var second = await PredictAsync(project);
        var other = await project.RunAsync("verify", second, "--rebuild", "--format", "json");
        Assert.Equal(1, other.ExitCode);
        using var told = JsonDocument.Parse(other.Output);
        var verified = told.RootElement.GetProperty("verifications")[0];
        Assert.Equal("identical", verified.GetProperty("verdict").GetString());
        var rebuild = verified.GetProperty("rebuild");
        Assert.Equal(("different", "different"), (rebuild.GetProperty("outcome").GetString(), rebuild.GetProperty("verdict").GetString()));
        var runs = rebuild.GetProperty("models")[0].GetProperty("runs");
        Assert.Equal(["identical", "different"], runs.EnumerateArray().Select(run => run.GetProperty("outcome").GetString()));
        Assert.Equal("model.onnx", runs[1].GetProperty("firstDifference").GetProperty("file").GetString());
        Assert.NotEmpty(rebuild.GetProperty("differences").EnumerateArray());
        // A rebuild is no run: the next one finds the recorded state.
        Assert.DoesNotContain((await project.MustAsync("run", "--format", "json")).Json.GetProperty("steps").EnumerateArray(), step => step.GetProperty("outcome").GetString() == "executed");
        Assert.Equal(4, (await project.RunAsync("verify", "--environment", "prod", "--rebuild")).ExitCode);
    }

    private static async Task<string> PredictAsync(TempProject project) =>
        (await project.MustAsync("predict", "churn", "--env", "prod", "--input", Input, "--format", "json")).Json.GetProperty("prediction").GetString()!;
}
