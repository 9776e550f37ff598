using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>What a live project refuses, and goes on.</summary>
[Collection(LiveProject.Name)]
public sealed class LiveProjectTests(DeployedProject deployed)
{
    private readonly TempProject project = deployed.Project;

    [Fact]
    public async Task Up_Twice_IsRefusedAndTheFirstGoesOn()
    {
        var second = await project.RunAsync("up", "--port", "17999", "--host-port", "17998");
        Assert.Equal(5, second.ExitCode);
        Assert.Contains("fairlead down", second.Errors);
        await project.MustAsync("status");
    }

    [Fact]
    public async Task Deploy_ToAnUnknownEnvironment_NamesTheNearest()
    {
        var result = await project.RunAsync("deploy", "prodd");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("'prodd'", result.Errors);
        Assert.Contains("prod", result.Errors);
        var unknown = await project.RunAsync("deploy", "prod", "--release", "v009");
        Assert.Equal(3, unknown.ExitCode);
        Assert.Contains("v009", unknown.Errors);
    }

    [Fact]
    public async Task Trace_OfAnUnknownPrediction_IsNotFound()
    {
        var unknown = await project.RunAsync("trace", "0192f3c4-7a2b-7def-8123-456789a00000");
        Assert.Equal(3, unknown.ExitCode);
        var malformed = await project.RunAsync("trace", "nonsense");
        Assert.Equal(3, malformed.ExitCode);
        Assert.Contains("'nonsense'", malformed.Errors);
    }

    [Fact]
    public async Task Query_ThatReachesForAFile_IsRefused()
    {
        var result = await project.RunAsync("query", "select * from read_csv('/etc/passwd')");
        Assert.Equal(4, result.ExitCode);
        Assert.DoesNotContain("root:", result.Output);
    }
}
