using Fairlead.Transport.Loops;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Transport.Tests.Loops;

public sealed class EventLoopTests
{
    [Fact]
    public async Task Post_ByManyThreads_RunsAllOfItOnTheLoopInEachOnesOrder()
    {
        const int Threads = 8, Each = 20_000;
        using var group = Create();
        var loop = group.Loops[0];
        var last = new int[Threads];
        var (elsewhere, disorder, left) = (0, 0, Threads * Each);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Parallel.ForAsync(0, Threads, (thread, _) =>
        {
            for (var n = 1; n <= Each; n++)
            {
                var number = n;
                loop.Post(
                    _ =>
                    {
                        elsewhere += loop.IsCurrent ? 0 : 1;
                        disorder += last[thread] == number - 1 ? 0 : 1;
                        last[thread] = number;
                        if (--left == 0)
                            done.SetResult();
                    },
                    null);
            }

            return ValueTask.CompletedTask;
        });
        await done.Task;
        Assert.Equal((0, 0), (elsewhere, disorder));
    }

    [Fact]
    public async Task Post_FromTheLoopItself_RunsLaterOnIt()
    {
        using var group = Create();
        var order = new List<int>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        group.Loops[0].Post(
            _ =>
            {
                group.Loops[0].Post(
                    _ =>
                    {
                        order.Add(2);
                        done.SetResult();
                    },
                    null);
                order.Add(1);
            },
            null);
        await done.Task;
        Assert.Equal([1, 2], order);
    }

    [Fact]
    public async Task Post_OfWhatFails_LeavesTheLoopAlive()
    {
        using var group = Create();
        group.Loops[0].Post(_ => throw new InvalidOperationException("A bug."), null);
        await group.Loops[0].SwitchTo();
        Assert.True(group.Loops[0].IsCurrent);
        await OffLoopAsync();
    }

    [Fact]
    public async Task SwitchTo_GoesOnOnTheLoop_AndStaysThere()
    {
        using var group = Create();
        Assert.Null(EventLoop.Current);
        await group.Loops[1].SwitchTo();
        Assert.Same(group.Loops[1], EventLoop.Current);
        Assert.True(group.Loops[1].SwitchTo().IsCompleted);
        await group.Loops[0].SwitchTo();
        Assert.Same(group.Loops[0], EventLoop.Current);

        // A loop cannot wait for its own end.
        await OffLoopAsync();
    }

    [Fact]
    public async Task Post_AfterTheEnd_StillRuns()
    {
        var group = Create();
        group.Dispose();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        group.Loops[0].Post(_ => done.SetResult(), null);
        await done.Task;
    }

    [Fact]
    public async Task LongIterations_OneThatTakesLong_IsCounted()
    {
        using var group = Create();
        var loop = group.Loops[0];
        Assert.Equal(0, loop.LongIterations);
        using var never = new ManualResetEventSlim();
        loop.Post(_ => never.Wait(TimeSpan.FromMilliseconds(30)), null);
        await loop.SwitchTo();
        await OffLoopAsync();
        await loop.SwitchTo();
        await OffLoopAsync();
        Assert.True(loop.LongIterations > 0);
    }

    private static async Task OffLoopAsync() => await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    private static EventLoopGroup Create() => new(TimeProvider.System, NullLoggerFactory.Instance, 2);
}
