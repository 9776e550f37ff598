using Fairlead.Platforms.Local;

namespace Fairlead.Platforms.Tests.Local;

public sealed class DetachedProcessTests
{
    [Fact]
    public async Task Start_AnyArguments_ArriveAsTheyAre()
    {
        using var folder = new TestFolder();
        string[] arguments = ["two words", "quote ' and \" and `", "$HOME $(id) \\", "", "line\nbreak", "-e", "ü*?"];
        var launch = Launch(folder, Actor.PrintArguments) with { Arguments = arguments };
        var process = DetachedProcess.Start(launch, _ => { });
        await process.WaitForExitAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(string.Concat(arguments.Select(argument => $"[{argument}]\n")), await File.ReadAllTextAsync(launch.LogFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Start_RecordThatFails_NeverBeginsTheProgram()
    {
        using var folder = new TestFolder();
        var launch = Launch(folder, Actor.PrintArguments) with { Arguments = ["it ran"] };
        ProcessHandle shell = default;
        Assert.Throws<IOException>(() => DetachedProcess.Start(launch, process =>
        {
            shell = process;
            throw new IOException("disk full");
        }));
        await shell.WaitForExitAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Empty(await File.ReadAllTextAsync(launch.LogFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Start_ProcessThatEnded_LeavesNoZombie()
    {
        using var folder = new TestFolder();
        var process = DetachedProcess.Start(Launch(folder, Actor.PrintArguments), _ => { });
        await process.WaitForExitAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        while (File.Exists($"/proc/{process.Id}/stat"))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static HostLaunch Launch(TestFolder folder, string role) => new()
    {
        FileName = ActorProcess.FileName,
        Environment = new Dictionary<string, string> { [ActorProcess.RoleVariable] = role },
        LogFile = folder.File("logs/host.log"),
        Url = "http://127.0.0.1:1",
    };
}
