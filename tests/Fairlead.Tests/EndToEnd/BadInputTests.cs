using System.Net;
using System.Net.Sockets;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>One clear sentence each, the right exit code, and nothing lost.</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task Command_OutsideAnyProject_NamesTheFolderAndInit()
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-none-");
        var result = await Cli.RunAsync(folder.FullName, "status");
        folder.Delete();
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("fairlead init", result.Errors);
        Assert.Contains(folder.Name, result.Errors);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Init_OutsideAGitRepository_SaysGitInit()
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-nogit-");
        var result = await Cli.RunAsync(folder.FullName, "init");
        Assert.Empty(folder.EnumerateFileSystemInfos());
        folder.Delete();
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("git init", result.Errors);
    }

    [Fact]
    public async Task Command_WhenNothingRuns_SaysUp()
    {
        await using var project = TempProject.Churn();
        var result = await project.RunAsync("run");
        Assert.Equal(6, result.ExitCode);
        Assert.Contains("fairlead up", result.Errors);
    }

    [Fact]
    public async Task Up_OnAPortInUse_NamesThePortAndTheOption()
    {
        await using var project = TempProject.Churn();
        using var squatter = new TcpListener(IPAddress.Loopback, project.HostPort);
        squatter.Start();
        var result = await project.RunAsync("up", "--port", $"{project.ControlPort}", "--host-port", $"{project.HostPort}");
        Assert.Equal(5, result.ExitCode);
        Assert.Contains($"'{project.HostPort}'", result.Errors);
        Assert.Contains("--host-port", result.Errors);
    }

    [Fact]
    public async Task Up_OnAnotherAddressWithoutAToken_IsRefused()
    {
        await using var project = TempProject.Churn();
        var result = await project.RunAsync("up", "--address", "0.0.0.0");
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("FAIRLEAD_TOKEN", result.Errors);
    }

    [Fact]
    public async Task Init_InARepository_WritesAProjectThatRuns()
    {
        await using var project = TempProject.Empty();
        await project.MustAsync("init", "--name", "fresh");
        project.Commit("Start");
        await project.UpAsync();
        var report = (await project.MustAsync("run", "--format", "json")).Json;
        Assert.All(report.GetProperty("steps").EnumerateArray(), step => Assert.Equal("executed", step.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task Run_OfABadProjectFile_ReportsEveryProblemWithItsPlace()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        project.Replace("fairlead.yaml", "steps:", "stebs:");
        project.Replace("fairlead.yaml", "owner:", "customers: {}\nowner:");
        var result = await project.RunAsync("run");
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("'stebs'", result.Errors);
        Assert.Contains("steps", result.Errors);
        Assert.Contains("'customers'", result.Errors);
        Assert.Contains("not supported yet", result.Errors);
    }

    [Theory]
    [InlineData("'150' is not a share of traffic; expected a number of percent", "deploy", "prod", "--weight", "150")]
    [InlineData("'99999' is not a port for --port; expected 1 to 65535", "up", "--port", "99999")]
    [InlineData("'nonsense' is no command or argument of 'fairlead'", "nonsense")]
    [InlineData("The option '--limit' does not take 'x'; give a whole number", "query", "select 1", "--limit", "x")]
    public async Task Command_ThatIsNotUnderstood_EndsWithOneSentence(string expected, params string[] arguments)
    {
        await using var project = TempProject.Churn();
        var result = await project.RunAsync(arguments);
        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Single(result.Errors.Trim().Split('\n'));
        Assert.StartsWith("error: ", result.Errors);
        Assert.Contains(expected, result.Errors);
    }

    [Fact]
    public async Task Command_OfAGroupAlone_IsAnsweredByItsHelp()
    {
        await using var project = TempProject.Churn();
        var result = await project.RunAsync("experiment");
        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("Examples:", result.Errors);
    }
}
