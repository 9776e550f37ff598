using Fairlead.Serving.Sessions;

namespace Fairlead.Serving.Tests.Sessions;

public sealed class RunEstimateTests
{
    [Fact]
    public void IsShort_NothingKnown_IsFalse() => Assert.False(new RunEstimate().IsShort(1));

    [Fact]
    public void IsShort_QuickRuns_IsTrueForAsManyRowsAsThatAllows()
    {
        var estimate = new RunEstimate();
        for (var n = 0; n < 100; n++)
            estimate.Note(rows: 1, microseconds: 5);
        Assert.True(estimate.IsShort(1));
        Assert.True(estimate.IsShort(50));
        Assert.False(estimate.IsShort(51));
    }

    [Fact]
    public void IsShort_OneSlowRun_IsFalseUntilManyWereQuick()
    {
        var estimate = new RunEstimate();
        estimate.Note(rows: 1, microseconds: 5);
        estimate.Note(rows: 1, microseconds: 10_000);
        Assert.False(estimate.IsShort(1));
        estimate.Note(rows: 1, microseconds: 5);
        Assert.False(estimate.IsShort(1));
        for (var n = 0; n < 100; n++)
            estimate.Note(rows: 1, microseconds: 5);
        Assert.True(estimate.IsShort(1));
    }

    [Fact]
    public void IsShort_ManyRowsInLongRuns_IsFalseForFewRowsToo()
    {
        var estimate = new RunEstimate();
        for (var n = 0; n < 100; n++)
            estimate.Note(rows: 1000, microseconds: 900);
        Assert.False(estimate.IsShort(1));
    }
}
