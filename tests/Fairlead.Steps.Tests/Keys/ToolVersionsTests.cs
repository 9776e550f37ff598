using Fairlead.Domain.Problems;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Steps.Tests.Keys;

public sealed class ToolVersionsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Find_OfAToolThatTells_GivesItsFirstLine()
    {
        Tool("tool", "echo; echo \"  tool 1.2 $UNDECLARED \"; echo more");
        Assert.Equal("tool 1.2", await Versions().FindAsync("tool", TestProject.Token));
    }

    [Fact]
    public async Task Find_OfAToolThatTellsOnStandardError_GivesThatLine()
    {
        Tool("tool", "echo 'tool 3' >&2");
        Assert.Equal("tool 3", await Versions().FindAsync("tool", TestProject.Token));
    }

    [Fact]
    public async Task Find_OfAToolWithoutSuchAnOption_GivesTheDigestOfItsFile()
    {
        Tool("tool", "echo unknown option; exit 2");
        var version = await Versions().FindAsync("tool", TestProject.Token);
        Assert.StartsWith("sha256:", version);
    }

    [Fact]
    public async Task Find_OfAToolThatCannotStart_GivesTheDigestOfItsFile()
    {
        File.SetUnixFileMode(folder.Write("tool", "#!/no/such/interpreter\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.StartsWith("sha256:", await Versions().FindAsync("tool", TestProject.Token));
    }

    [Fact]
    public async Task Find_OfWhatIsNotExecutable_GivesNull()
    {
        folder.Write("tool", "text");
        Assert.Null(await Versions().FindAsync("tool", TestProject.Token));
        Assert.Null(await Versions().FindAsync("missing", TestProject.Token));
    }

    [Fact]
    public async Task Find_WhenTheToolIsReplaced_AsksAgain()
    {
        var versions = Versions();
        Tool("tool", $"echo x >> '{folder["asked"]}'; echo one");
        await versions.FindAsync("tool", TestProject.Token);
        await versions.FindAsync("tool", TestProject.Token);
        Assert.Single(File.ReadAllLines(folder["asked"]));
        Tool("tool", "echo number two");
        Assert.Equal("number two", await versions.FindAsync("tool", TestProject.Token));
    }

    [Fact]
    public async Task Find_OfAToolThatHangs_FailsAndEndsIt()
    {
        Tool("tool", $"echo $$ > '{folder["pid"]}'; exec sleep 1000");
        var time = new ManualTime();
        var found = new ToolVersions($"{folder.Path}:/usr/bin:/bin", folder["work"], time, NullLogger.Instance).FindAsync("tool", TestProject.Token);
        await Until.FileHolds(folder["pid"]);
        time.FireTimers();
        var problem = await Assert.ThrowsAsync<FairleadException>(() => found);
        Assert.Contains("'tool' did not answer", problem.Message);
        await Until.Gone(int.Parse(File.ReadAllText(folder["pid"])));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["work"]));
    }

    private ToolVersions Versions() => new($"{folder.Path}:/usr/bin:/bin", folder["work"], TimeProvider.System, NullLogger.Instance);

    [Fact]
    public async Task Find_OfAToolThatIsBeingWritten_SaysTryAgain()
    {
        Tool("tool", "echo tool 1");
        using var writing = File.OpenWrite(folder["tool"]);
        var problem = await Assert.ThrowsAsync<FairleadException>(() => Versions().FindAsync("tool", TestProject.Token));
        Assert.True(problem.IsRetryable);
    }

    private void Tool(string name, string script) => folder.WriteProgram(name, $"#!/bin/sh\n{script}\n");
}
