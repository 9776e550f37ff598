using Fairlead.Domain.Scheduling;

namespace Fairlead.Domain.Tests.Scheduling;

public sealed class PeriodicWorkTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Run_RoundsThatFail_AreToldAndFollowedByOthers()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var rounds = 0;
        var failures = new List<string>();
        await PeriodicWork.RunAsync(
            Soon,
            _ =>
            {
                rounds++;
                if (rounds == 4)
                    end.Cancel();
                throw rounds == 3 ? new OperationCanceledException("not ours") : new IOException($"round {rounds}");
            },
            e => failures.Add(e.Message),
            TimeProvider.System,
            end.Token);

        Assert.Equal(["round 1", "round 2", "not ours", "round 4"], failures);
    }

    [Fact]
    public async Task Run_CancelledInItsDelay_HasNoRound()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var work = PeriodicWork.RunAsync(Soon, _ => throw new IOException("a round"), e => throw e, TimeProvider.System, end.Token, delay: TimeSpan.FromHours(1));
        await end.CancelAsync();
        await work;
    }

    [Fact]
    public async Task Run_CancelledInARound_EndsIt()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var begun = new TaskCompletionSource();
        var work = PeriodicWork.RunAsync(
            Soon,
            async cancellationToken =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            },
            e => throw e,
            TimeProvider.System,
            end.Token);
        await begun.Task;
        await end.CancelAsync();
        await work;
    }
}
