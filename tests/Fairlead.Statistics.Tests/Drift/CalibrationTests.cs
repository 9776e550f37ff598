using Fairlead.Statistics.Drift;
using Fairlead.Testing;

namespace Fairlead.Statistics.Tests.Drift;

/// <summary>Both samples from one distribution, many times: how often that is called drift.</summary>
public sealed class CalibrationTests
{
    private const double Level = 0.01;

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void Numbers_WithoutDrift_AreRarelyCalled(int size) =>
        Check(size, (seed, count) => Samples.Skewed(seed, count), (a, b) => NumericComparison.Of(Numbers(a), Numbers(b)));

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void WholeNumbers_WithoutDrift_AreRarelyCalled(int size) =>
        Check(size, (seed, count) => Samples.Whole(seed, count, 60), (a, b) => NumericComparison.Of(Numbers(a), Numbers(b)));

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void Words_WithoutDrift_AreRarelyCalled(int size) =>
        Check(size, (seed, count) => Samples.Words(seed, count, 300), (a, b) => CategoryComparison.Of(CategoryCounts.Of(a, b)));

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(50_000)]
    public void RareWords_WithoutDrift_AreRarelyCalledThoughMostAreNew(int size) =>
        Check(size, (seed, count) => Samples.Words(seed, count, 5_000, 0.3), (a, b) => CategoryComparison.Of(CategoryCounts.Of(a, b)));

    [Theory]
    [InlineData(100, 0.8)]
    [InlineData(1_000, 0.25)]
    [InlineData(100_000, 0.03)]
    public void Numbers_ThatMoved_AreMostlyCalled(int size, double deviations)
    {
        var rounds = Campaign.Rounds(size > 10_000 ? 10 : 50, size > 10_000 ? 200 : 1_000);
        var called = Enumerable.Range(0, rounds).Count(round =>
            NumericComparison.Of(Numbers(Samples.Normal(2 * round, size)), Numbers(Samples.Normal((2 * round) + 1, size, deviations))).PValue < Level);
        Assert.True(called >= 0.9 * rounds, $"{called} of {rounds}");
    }

    [Theory]
    [InlineData(500, 0.05)]
    [InlineData(20_000, 0.002)]
    public void Words_ThatAreNew_AreMostlyCalled(int size, double share)
    {
        var rounds = Campaign.Rounds(20, 500);
        var called = Enumerable.Range(0, rounds).Count(round =>
        {
            var random = new Random(round);
            var live = Samples.Words((2 * round) + 1, size, 40).Select(word => random.NextDouble() < share ? "new" : word);
            return CategoryComparison.Of(CategoryCounts.Of(Samples.Words(2 * round, size, 40), live)).PValue < Level;
        });
        Assert.True(called >= 0.9 * rounds, $"{called} of {rounds}");
    }

    private static NumericSide Numbers(double[] values) => new(ValueCounts.Of(values), 0, 0);

    private static void Check<T>(int size, Func<int, int, T[]> draw, Func<T[], T[], FieldComparison> compare)
    {
        var rounds = size > 10_000 ? Campaign.Rounds(10, 1_000) : Campaign.Rounds(size > 500 ? 200 : 1_000, 4_000);
        var (called, overThreshold) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var comparison = compare(draw(2 * round, size), draw((2 * round) + 1, size));
            called += comparison.PValue < Level ? 1 : 0;
            overThreshold += comparison.Stability.Value > comparison.Stability.Threshold(Level) ? 1 : 0;
        }

        // Three standard deviations of the number that chance calls.
        var most = (Level * rounds) + (3 * Math.Sqrt(Level * (1 - Level) * rounds));
        Assert.True(called <= most, $"{called} of {rounds} called drift");
        Assert.True(overThreshold <= 1.5 * most, $"{overThreshold} of {rounds} stability indexes over their threshold");
    }
}
