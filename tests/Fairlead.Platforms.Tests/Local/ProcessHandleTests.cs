using System.Diagnostics;
using Fairlead.Platforms.Local;

namespace Fairlead.Platforms.Tests.Local;

public sealed class ProcessHandleTests
{
    [Fact]
    public void Of_ThisProcess_IsAliveAndStable()
    {
        var handle = ProcessHandle.Of(Environment.ProcessId)!.Value;
        Assert.True(handle.IsAlive);
        Assert.Equal(handle, ProcessHandle.Of(Environment.ProcessId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Of_NoProcess_IsNull(int id) => Assert.Null(ProcessHandle.Of(id));

    [Fact]
    public void IsAlive_RecycledIdOrDefault_IsFalseAndNothingIsSignalled()
    {
        var self = ProcessHandle.Of(Environment.ProcessId)!.Value;
        var recycled = self with { StartTicks = self.StartTicks + 1 };
        Assert.False(recycled.IsAlive);
        Assert.False(recycled.Kill());
        Assert.False(recycled.Terminate());
        Assert.False(default(ProcessHandle).IsAlive);
        Assert.False(default(ProcessHandle).Kill());
    }

    [Fact]
    public void IsAlive_EndedChildThatNobodyReaped_IsFalse()
    {
        // The shell becomes a program that never waits for the child, which so stays a zombie when its input ends.
        using var parent = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 1000"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            var zombie = int.Parse(parent.StandardOutput.ReadLine()!);
            var stat = $"/proc/{zombie}/stat";
            SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{parent.Id}/comm") == "sleep\n", TimeSpan.FromSeconds(30));
            parent.StandardInput.Close();
            SpinWait.SpinUntil(() => File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
            Assert.Contains(") Z ", File.ReadAllText(stat), StringComparison.Ordinal);
            Assert.Null(ProcessHandle.Of(zombie));
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public async Task IsAlive_ProgramWithBracketsAndSpacesInItsName_IsTrueUntilItIsKilled()
    {
        using var folder = new TestFolder();
        var program = folder.File("a) R 1 (b");
        File.Copy("/bin/sleep", program);
        using var process = Process.Start(program, "1000")!;
        var handle = ProcessHandle.Of(process.Id)!.Value;
        Assert.True(handle.IsAlive);
        Assert.True(handle.Kill());
        await handle.WaitForExitAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(handle.IsAlive);
    }

    [Fact]
    public async Task Stop_ProcessThatObeys_EndsByItself()
    {
        using var process = Process.Start("/bin/sleep", "1000")!;
        var handle = ProcessHandle.Of(process.Id)!.Value;
        Assert.True(await handle.StopAsync(TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.False(handle.IsAlive);
        Assert.True(await handle.StopAsync(TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stop_ProcessThatIgnoresTheSignal_IsKilledAfterTheGracePeriod()
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "trap '' TERM; echo ready; exec sleep 1000"]) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var handle = ProcessHandle.Of(process.Id)!.Value;
        Assert.False(await handle.StopAsync(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.False(handle.IsAlive);
    }

    [Fact]
    public async Task Stop_Cancelled_DoesNotKill()
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "trap '' TERM; echo ready; exec sleep 1000"]) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var handle = ProcessHandle.Of(process.Id)!.Value;
        using var cancel = new CancellationTokenSource();
        var stop = handle.StopAsync(TimeSpan.FromMinutes(10), TimeProvider.System, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop);
        Assert.True(handle.IsAlive);
        handle.Kill();
    }
}
