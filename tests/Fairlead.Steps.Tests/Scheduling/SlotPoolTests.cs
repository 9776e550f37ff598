using Fairlead.Steps.Scheduling;

namespace Fairlead.Steps.Tests.Scheduling;

public sealed class SlotPoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acquire_OfMoreThanThereIs_WaitsUntilSomethingIsGivenBack()
    {
        var pool = new SlotPool(2, 100);
        var (one, other) = (await Take(pool, "a", 1, 60), await Take(pool, "a", 1, 40));
        var waiting = Take(pool, "a", 1, 10);
        Assert.False(waiting.IsCompleted);
        one.Dispose();
        (await waiting).Dispose();
        other.Dispose();
        // More than the machine has is all of it.
        (await Take(pool, "a", 64, 1 << 30)).Dispose();
        (await Take(pool, "a", 2, 100)).Dispose();
    }

    [Fact]
    public async Task Acquire_OfTheLongestWay_GoesFirstAndThenTheOrderOfTheFile()
    {
        var pool = new SlotPool(1, 100);
        var held = await Take(pool, "a", 1, 0);
        var order = new List<string>();
        var waiting = new[] { ("short late", 1, 3), ("long", 5, 2), ("short early", 1, 1) }
            .Select(async step => await RunAsync(pool, "a", new SlotRequest(1, 0, step.Item2, step.Item3), () => order.Add(step.Item1))).ToArray();
        held.Dispose();
        await Task.WhenAll(waiting);
        Assert.Equal(["long", "short early", "short late"], order);
    }

    [Fact]
    public async Task Acquire_BySeveralOwners_IsFair()
    {
        var pool = new SlotPool(1, 100);
        var (large, small) = (new object(), new object());
        var held = await Take(pool, large, 1, 0);
        var order = new List<object>();
        var many = Enumerable.Range(0, 20).Select(i => RunAsync(pool, large, new SlotRequest(1, 0, 9, i), () => Add(order, large))).ToArray();
        var few = Enumerable.Range(0, 2).Select(i => RunAsync(pool, small, new SlotRequest(1, 0, 1, i), () => Add(order, small))).ToArray();
        held.Dispose();
        await Task.WhenAll([.. many, .. few]);
        Assert.Equal([small, large, small, large, large], order.Take(5));
    }

    [Fact]
    public async Task Acquire_OfABigStep_IsOvertakenOnlySoOften()
    {
        var pool = new SlotPool(2, 100);
        var first = await Take(pool, "a", 1, 0);
        var isBigDone = false;
        var big = RunAsync(pool, "a", new SlotRequest(2, 0, 9, 0), () => isBigDone = true);
        var overtakings = 0;
        while (overtakings <= 10 * SlotPool.MostOvertakings)
        {
            var small = Take(pool, "a", 1, 0, position: 1 + overtakings);
            if (!small.IsCompleted)
            {
                first.Dispose();
                await big;
                (await small).Dispose();
                break;
            }

            overtakings++;
            (await small).Dispose();
        }

        Assert.True(isBigDone);
        Assert.Equal(SlotPool.MostOvertakings, overtakings);
    }

    [Fact]
    public async Task Acquire_WhenCancelled_TakesNothing()
    {
        var pool = new SlotPool(1, 100);
        var held = await Take(pool, "a", 1, 0);
        using var cancelled = new CancellationTokenSource();
        var waiting = pool.AcquireAsync("a", new SlotRequest(1, 0, 0, 0), cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        held.Dispose();
        held.Dispose();
        (await Take(pool, "b", 1, 0)).Dispose();
    }

    [Fact]
    public async Task Acquire_ByManyAtRandom_NeverGivesOutMoreThanThereIs()
    {
        var random = new Random(17);
        var pool = new SlotPool(3, 1000);
        var gate = new Lock();
        var (cpu, memory, most) = (0.0, 0L, 0.0);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i =>
        {
            var request = new SlotRequest(random.Next(1, 9) / 2.0, random.Next(0, 1500), random.Next(5), i);
            var (takenCpu, takenMemory) = (Math.Min(3, request.Cpu), Math.Min(1000, request.Memory));
            return Task.Run(async () =>
            {
                using var slot = await pool.AcquireAsync(i % 3 == 0 ? "a" : "b", request, Token);
                lock (gate)
                {
                    (cpu, memory) = (cpu + takenCpu, memory + takenMemory);
                    most = Math.Max(most, Math.Max(cpu / 3, memory / 1000.0));
                }

                await Task.Yield();
                lock (gate)
                    (cpu, memory) = (cpu - takenCpu, memory - takenMemory);
            });
        }));
        Assert.InRange(most, 0.9, 1);
    }

    private static void Add(List<object> order, object owner)
    {
        lock (order)
            order.Add(owner);
    }

    private static Task<IDisposable> Take(SlotPool pool, object owner, double cpu, long memory, int position = 0) =>
        pool.AcquireAsync(owner, new SlotRequest(cpu, memory, 0, position), Token);

    private static async Task RunAsync(SlotPool pool, object owner, SlotRequest request, Action act)
    {
        using var slot = await pool.AcquireAsync(owner, request, Token);
        act();
    }
}
