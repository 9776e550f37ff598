using Fairlead.Serving.Sessions;

namespace Fairlead.Serving.Tests.Sessions;

public sealed class RunEstimateTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsShort_NothingKnown_IsFalse(bool isShared) => Assert.False(new RunEstimate().IsShort(1, isShared));

    [Theory]
    [InlineData(false, 50)]
    [InlineData(true, 10)]
    public void IsShort_QuickRuns_IsTrueForAsManyRowsAsThatAllows(bool isShared, int rows)
    {
        var estimate = Of((100, 5));
        Assert.True(estimate.IsShort(1, isShared));
        Assert.True(estimate.IsShort(rows, isShared));
        Assert.False(estimate.IsShort(rows + 1, isShared));
    }

    [Fact]
    public void IsShort_RunsThatAConnectionWouldWaitForTooLong_IsTrueOfTheLoopAlone()
    {
        var estimate = Of((100, 60));
        Assert.True(estimate.IsShort(1, isShared: false));
        Assert.False(estimate.IsShort(1, isShared: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsShort_OneLongRunAmongShortOnes_StaysTrue(bool isShared) => Assert.True(Of((20, 5), (1, 10_000)).IsShort(1, isShared));

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    public void IsShort_TwoLongRunsCloseToEachOther_IsFalseUntilManyWereQuick(bool isShared, int between)
    {
        var estimate = Of((20, 5), (1, 10_000), (between, 5), (1, 10_000));
        Assert.False(estimate.IsShort(1, isShared));
        Note(estimate, 1, 5);
        Assert.False(estimate.IsShort(1, isShared));
        Note(estimate, 100, 5);
        Assert.True(estimate.IsShort(1, isShared));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsShort_FirstRunLong_IsFalse(bool isShared) => Assert.False(Of((1, 10_000)).IsShort(1, isShared));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsShort_ManyRowsInLongRuns_IsFalseForFewRowsToo(bool isShared)
    {
        var estimate = new RunEstimate();
        for (var n = 0; n < 100; n++)
            estimate.Note(rows: 1000, microseconds: 900);
        Assert.False(estimate.IsShort(1, isShared));
    }

    private static RunEstimate Of(params ReadOnlySpan<(int Times, int Microseconds)> runs)
    {
        var estimate = new RunEstimate();
        foreach (var (times, microseconds) in runs)
            Note(estimate, times, microseconds);
        return estimate;
    }

    private static void Note(RunEstimate estimate, int times, int microseconds)
    {
        for (var n = 0; n < times; n++)
            estimate.Note(rows: 1, microseconds);
    }
}
