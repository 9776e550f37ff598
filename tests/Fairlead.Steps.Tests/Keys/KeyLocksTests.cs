using Fairlead.Steps.Keys;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Keys;

public sealed class KeyLocksTests
{
    [Fact]
    public async Task Acquire_OfAHeldName_WaitsAndOfAnotherDoesNot()
    {
        var locks = new KeyLocks();
        var first = await locks.AcquireAsync("a", TestProject.Token);
        var second = locks.AcquireAsync("a", TestProject.Token);
        using (await locks.AcquireAsync("b", TestProject.Token))
            Assert.False(second.IsCompleted);
        first.Dispose();
        first.Dispose();
        var third = locks.AcquireAsync("a", TestProject.Token);
        using (await second)
            Assert.False(third.IsCompleted);
        (await third).Dispose();
    }

    [Fact]
    public async Task Acquire_WhenTheWaitIsCancelled_LeavesTheNameUsable()
    {
        var locks = new KeyLocks();
        using var cancelled = new CancellationTokenSource();
        var first = await locks.AcquireAsync("a", TestProject.Token);
        var second = locks.AcquireAsync("a", cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        (await locks.AcquireAsync("a", TestProject.Token)).Dispose();
    }

    [Fact]
    public async Task Acquire_ByManyAtOnce_LetsOneInAtATime()
    {
        var locks = new KeyLocks();
        var inside = 0;
        await Parallel.ForAsync(0, 2000, TestProject.Token, async (index, token) =>
        {
            using (await locks.AcquireAsync("same", token))
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
            }
        });
    }
}
