using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

[Collection(LiveProject.Name)]
public sealed class LoadTests(DeployedProject deployed)
{
    private readonly TempProject project = deployed.Project;

    [Theory]
    [InlineData("rest")]
    [InlineData("grpc")]
    public async Task Load_OfRowsInAFile_MeasuresEveryRequest(string protocol)
    {
        project.Write("rows.jsonl", """{"features": [3, 39.0, 6]}""" + "\n" + """{"features": [30, 19.0, 0]}""" + "\n");

        var result = (await project.MustAsync(
            "load", "churn", "--env", "prod", "--rate", "100", "--for", "2s", "--warmup", "0s", "--protocol", protocol, "--data", "rows.jsonl", "--check", "errors <= 0", "--format", "json")).Json;

        Assert.Equal(200, result.GetProperty("due").GetInt64());
        Assert.Equal(200, result.GetProperty("succeeded").GetInt64());
        Assert.Equal("churn-prod-v001", Assert.Single(result.GetProperty("serverGroups").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Load_OfRecordedPredictions_AsksWhatWasAsked()
    {
        await project.MustAsync("predict", "churn", "--env", "prod", "--input", """{"features": [3, 39.0, 6]}""");
        var result = await project.RunAsync("load", "churn", "--env", "prod", "--rate", "50", "--for", "1s", "--warmup", "0s", "--data", "predictions", "--check", "p50 < 1us");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("p50", result.Errors);
    }

    [Theory]
    [InlineData("customers:test", "'features'")]
    [InlineData("customers:tset", "'tset'")]
    [InlineData("plans2", "did you mean 'plans'")]
    [InlineData("nowhere.csv", "nowhere.csv")]
    public async Task Load_OfWhatHasNoInputs_SaysWhatIsMissing(string data, string expected)
    {
        var result = await project.RunAsync("load", "churn", "--env", "prod", "--rate", "50", "--for", "1s", "--data", data);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(expected, result.Errors);
    }

    [Fact]
    public async Task Load_WithANonsensicalCheck_SaysWhatIsKnown()
    {
        var result = await project.RunAsync("load", "churn", "--env", "prod", "--rate", "50", "--data", "predictions", "--check", "p99 < 20");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("20", result.Errors);
        Assert.Contains("unit", result.Errors);
    }
}
