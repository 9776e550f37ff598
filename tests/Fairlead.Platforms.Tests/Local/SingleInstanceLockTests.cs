using Fairlead.Domain.Problems;
using Fairlead.Platforms.Local;

namespace Fairlead.Platforms.Tests.Local;

public sealed class SingleInstanceLockTests : IDisposable
{
    private readonly TestFolder folder = new();

    private string LockFile => folder.File("control/lock");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Acquire_Held_IsAConflictThatNamesTheHolder()
    {
        using var held = await AcquireAsync("process 4711");
        held.Describe("process 4711, http://localhost:7070");
        var problem = await Assert.ThrowsAsync<FairleadException>(() => AcquireAsync("second"));
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.Equal($"'{folder.File("control")}' is in use by 'process 4711, http://localhost:7070'; stop that one first by 'fairlead down'.", problem.Message);
    }

    [Fact]
    public async Task Acquire_Released_Succeeds()
    {
        (await AcquireAsync("the first, whose text is longer")).Dispose();
        Assert.Null(SingleInstanceLock.HolderOf(LockFile));
        using var second = await AcquireAsync("second");
        Assert.Equal("second", SingleInstanceLock.HolderOf(LockFile));
    }

    [Fact]
    public void HolderOf_NoLockFile_IsNull() => Assert.Null(SingleInstanceLock.HolderOf(LockFile));

    [Fact]
    public async Task Acquire_HolderKilled9_Succeeds()
    {
        using var holder = ActorProcess.Start(Actor.LockHolder, [LockFile]);
        Assert.Equal("held", await holder.ReadLineAsync());
        Assert.Equal("the lock's holder", SingleInstanceLock.HolderOf(LockFile));
        await Assert.ThrowsAsync<FairleadException>(() => AcquireAsync("second"));
        await holder.KillAsync();
        using var second = await AcquireAsync("second");
    }

    [Fact]
    public async Task Acquire_HolderStartedAProcess_IsFreeAfterTheHolderAlone()
    {
        var launch = new HostLaunch { FileName = "/bin/sleep", Arguments = ["1000"], LogFile = folder.File("log"), Url = "http://127.0.0.1:1" };
        ProcessHandle child;
        using (await AcquireAsync("first"))
            child = DetachedProcess.Start(launch, _ => { });
        try
        {
            using var second = await AcquireAsync("second");
            Assert.True(child.IsAlive);
        }
        finally
        {
            child.Kill();
        }
    }

    private Task<SingleInstanceLock> AcquireAsync(string holder) => SingleInstanceLock.AcquireAsync(LockFile, holder, TimeProvider.System, TestContext.Current.CancellationToken);
}
