using Fairlead.Domain.Services;
using Fairlead.Serving.Limits;

namespace Fairlead.Serving.Tests.Limits;

public sealed class AdmissionTests
{
    [Fact]
    public async Task Enter_BeyondTheConcurrency_QueuesAndThenRefuses()
    {
        var admission = new Admission(new ServingLimits { Concurrency = 1, Queue = 1 }, instances: 1);
        Assert.Equal(AdmissionResult.Entered, admission.TryEnter());
        Assert.Equal(AdmissionResult.MustWait, admission.TryEnter());
        var second = admission.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(AdmissionResult.Full, admission.TryEnter());
        Assert.False(await admission.WaitAsync(TestContext.Current.CancellationToken));
        Assert.False(second.IsCompleted);

        admission.Leave();

        Assert.True(await second);
        Assert.Equal((1, 0), (admission.UnderWay, admission.Waiting));
    }

    [Fact]
    public async Task Wait_GivenUp_LeavesThePlaceToTheNext()
    {
        var admission = new Admission(new ServingLimits { Concurrency = 1, Queue = 2 }, instances: 1);
        admission.TryEnter();
        using var patience = new CancellationTokenSource();
        var impatient = admission.WaitAsync(patience.Token).AsTask();
        var next = admission.WaitAsync(TestContext.Current.CancellationToken);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        admission.Leave();

        Assert.True(await next);
        admission.Leave();
        Assert.Equal((0, 0), (admission.UnderWay, admission.Waiting));
    }

    [Fact]
    public async Task Enter_ManyThreadsSomeOfThemImpatient_NeverExceedsTheLimitAndLosesNoPlace()
    {
        const int Concurrency = 3;
        var admission = new Admission(new ServingLimits { Concurrency = Concurrency, Queue = 1000 }, instances: 1);
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var n = 0; n < 500; n++)
            {
                using var patience = new CancellationTokenSource();
                var entered = admission.TryEnter() == AdmissionResult.Entered;
                if (!entered)
                {
                    var turn = admission.WaitAsync(patience.Token);
                    if (random.Next(3) == 0)
                        await patience.CancelAsync();
                    try
                    {
                        entered = await turn;
                    }
                    catch (OperationCanceledException)
                    {
                        continue;
                    }
                }

                Assert.True(entered);
                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                admission.Leave();
            }
        })));

        Assert.InRange(most, 1, Concurrency);
        Assert.Equal((0, 0), (admission.UnderWay, admission.Waiting));
    }

    [Fact]
    public void Enter_NoLimit_AlwaysEnters()
    {
        var admission = new Admission(ServingLimits.Default, instances: 1);
        for (var n = 0; n < 1000; n++)
            Assert.Equal(AdmissionResult.Entered, admission.TryEnter());
        Assert.Equal(1000, admission.UnderWay);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
            // Again.
        }
    }
}
