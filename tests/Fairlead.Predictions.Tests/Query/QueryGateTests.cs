using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tests.Query;

public sealed class QueryGateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_MoreThanRunAndWait_AreRefusedAndWaitersFollow()
    {
        using var gate = new QueryGate(running: 2, waiting: 1);
        var first = await gate.EnterAsync(Token);
        using var second = await gate.EnterAsync(Token);
        var third = gate.EnterAsync(Token);
        Assert.False(third.IsCompleted);
        var error = await Assert.ThrowsAsync<FairleadException>(() => gate.EnterAsync(Token));
        Assert.Equal((ProblemKind.Busy, true), (error.Kind, error.IsRetryable));
        first.Dispose();
        first.Dispose();
        using var entered = await third;
        Assert.Equal(2, gate.Entered);
    }

    [Fact]
    public async Task Enter_CancelledWhileWaiting_MakesRoom()
    {
        using var gate = new QueryGate(running: 1, waiting: 1);
        using var first = await gate.EnterAsync(Token);
        using var source = new CancellationTokenSource();
        var waiting = gate.EnterAsync(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, gate.Entered);
    }

    [Fact]
    public async Task EnterAlone_WaitsForEverybodyAndHoldsThemOff()
    {
        using var gate = new QueryGate(running: 2, waiting: 4);
        var first = await gate.EnterAsync(Token);
        var alone = gate.EnterAloneAsync(Token);
        Assert.False(alone.IsCompleted);
        first.Dispose();
        var held = await alone;
        var next = gate.EnterAsync(Token);
        Assert.False(next.IsCompleted);
        held.Dispose();
        (await next).Dispose();
        Assert.Equal(0, gate.Entered);
    }
}
