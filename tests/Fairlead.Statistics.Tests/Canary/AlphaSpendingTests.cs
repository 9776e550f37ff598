using Fairlead.Statistics.Canary.Planning;
using MathNet.Numerics.Distributions;

namespace Fairlead.Statistics.Tests.Canary;

public sealed class AlphaSpendingTests
{
    /// <summary>Published boundaries of five looks at 5 % two-sided, by the spending that resembles O'Brien and Fleming's.</summary>
    [Theory]
    [InlineData(1, 4.8769)]
    [InlineData(2, 3.3569)]
    [InlineData(3, 2.6803)]
    [InlineData(4, 2.2898)]
    [InlineData(5, 2.0310)]
    public void LevelAt_FiveLooks_GivesThePublishedBoundaries(int look, double boundary) =>
        Assert.Equal(boundary, -Normal.InvCDF(0, 1, AlphaSpending.LevelAt(look, 5, 0.05, areIndependent: false) / 2), 0.005);

    [Fact]
    public void LevelAt_OneLook_IsTheWhole() => Assert.Equal(0.02, AlphaSpending.LevelAt(1, 1, 0.02, areIndependent: false));

    [Theory]
    [InlineData(7)]
    [InlineData(250)]
    public void LevelAt_IndependentLooks_AddUpToTheWhole(int looks) =>
        Assert.Equal(0.02, Enumerable.Range(1, looks).Sum(look => AlphaSpending.LevelAt(look, looks, 0.02, areIndependent: true)), 1e-9);

    [Theory]
    [InlineData(2)]
    [InlineData(24)]
    [InlineData(100)]
    public void LevelAt_GrowingLooks_RisesAndStaysBelowTheWhole(int looks)
    {
        var levels = Enumerable.Range(1, looks).Select(look => AlphaSpending.LevelAt(look, looks, 0.02, areIndependent: false)).ToList();
        Assert.Equal(levels.Order(), levels);
        Assert.InRange(levels[^1], 0.009, 0.02);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(6, 5)]
    public void LevelAt_LookThatIsNotPlanned_Throws(int look, int looks) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AlphaSpending.LevelAt(look, looks, 0.02, areIndependent: false));
}
