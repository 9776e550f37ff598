using System.Diagnostics;
using Fairlead.Testing;

namespace Fairlead.Architecture.Tests;

/// <summary>Nothing that tests make stays behind, whatever becomes of them.</summary>
public sealed class TempRootTests
{
    private const string Holder = "import fcntl, sys; f = open(sys.argv[1] + '/lock', 'w'); fcntl.flock(f, fcntl.LOCK_EX); print('held', flush=True); sys.stdin.read()";

    [Fact]
    public void TemporaryFolders_OfTests_LieInOneOfTheProcess()
    {
        var folder = Directory.CreateTempSubdirectory("anything-");

        Assert.StartsWith("fairlead-tests-", folder.Parent!.Name, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Parent.FullName, "lock")));
        Assert.False(TempRoot.SweepIfDead(folder.Parent.FullName));
        folder.Delete();
    }

    [Fact]
    public async Task Sweep_OfAProcessThatIsKilled_RemovesWhatItLeft()
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-tests-");
        folder.CreateSubdirectory("deep").CreateSubdirectory("er");
        using var owner = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Holder, folder.FullName]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        Assert.Equal("held", await owner.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.False(TempRoot.SweepIfDead(folder.FullName));

        owner.Kill();
        await owner.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(TempRoot.SweepIfDead(folder.FullName));
        Assert.False(Directory.Exists(folder.FullName));
    }

    [Fact]
    public void Sweep_OfAFolderThatNobodyLocked_LeavesIt()
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-tests-");

        Assert.False(TempRoot.SweepIfDead(folder.FullName));

        Assert.True(Directory.Exists(folder.FullName));
        folder.Delete();
    }
}
