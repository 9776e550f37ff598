using Fairlead.Serving.Limits;

namespace Fairlead.Serving.Tests.Limits;

public sealed class ByteBudgetTests
{
    [Fact]
    public void TryTake_UpToTheLimit_TakesAndReturns()
    {
        var budget = new ByteBudget(100);
        Assert.True(budget.TryTake(60));
        Assert.False(budget.TryTake(41));
        Assert.True(budget.TryTake(40));
        Assert.Equal(100, budget.Taken);

        budget.Return(100);

        Assert.Equal(0, budget.Taken);
    }
}
