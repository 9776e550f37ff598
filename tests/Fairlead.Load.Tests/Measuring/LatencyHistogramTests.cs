using Fairlead.Load.Measuring;

namespace Fairlead.Load.Tests.Measuring;

public sealed class LatencyHistogramTests
{
    private static readonly double[] Quantiles = [0, 0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Quantile_OfRandomDurations_IsWithinOnePercent(int seed)
    {
        var random = new Random(seed);
        var values = new long[20_000];
        var histogram = new LatencyHistogram();
        for (var i = 0; i < values.Length; i++)
        {
            // From 100 ns to 100 s, all magnitudes alike.
            values[i] = (long)Math.Pow(10, 2 + 9 * random.NextDouble());
            histogram.Record(values[i]);
        }

        Array.Sort(values);
        foreach (var quantile in Quantiles)
        {
            var exact = values[Math.Clamp((int)Math.Ceiling(quantile * values.Length) - 1, 0, values.Length - 1)];
            Assert.InRange(histogram.Quantile(quantile), exact * 0.992, exact * 1.008);
        }

        Assert.Equal(values[^1], histogram.MaxValue);
        Assert.Equal(values.Average(), histogram.Mean, 1);
    }

    [Fact]
    public void Quantile_OfSmallValues_IsExact()
    {
        var histogram = new LatencyHistogram();
        for (var value = 0; value < 100; value++)
            histogram.Record(value);
        Assert.Equal(0, histogram.Quantile(0));
        Assert.Equal(49, histogram.Quantile(0.5));
        Assert.Equal(98, histogram.Quantile(0.99));
        Assert.Equal(99, histogram.Quantile(1));
    }

    [Fact]
    public void Record_EveryMagnitude_LandsNearItself()
    {
        for (var bits = 0; bits < 42; bits++)
        {
            foreach (var value in new[] { (1L << bits) - 1, 1L << bits, (1L << bits) + 1 })
            {
                var histogram = new LatencyHistogram();
                histogram.Record(value);
                // The maximum is exact: a second value, above, makes the bucket speak.
                histogram.Record(long.MaxValue);
                Assert.InRange(histogram.Quantile(0.5), value * 0.992, value * 1.008);
            }
        }
    }

    [Fact]
    public void Record_OutOfRange_CountsAsTheBound()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(-5);
        Assert.Equal(0, histogram.MaxValue);
        histogram.Record(long.MaxValue);
        Assert.Equal((1L << 42) - 1, histogram.MaxValue);
        Assert.Equal(2, histogram.Count);
    }

    [Fact]
    public void Add_OfTwo_IsTheHistogramOfBoth()
    {
        var random = new Random(5);
        var (left, right, both) = (new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
        for (var i = 0; i < 10_000; i++)
        {
            var value = random.NextInt64(1L << 35);
            (i % 3 == 0 ? left : right).Record(value);
            both.Record(value);
        }

        left.Add(right);
        Assert.Equal(both.Summarize() with { Mean = 0 }, left.Summarize() with { Mean = 0 });
        Assert.Equal(both.Mean, left.Mean, 1);
    }

    [Fact]
    public void Quantile_OfNothing_IsZero()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(7);
        histogram.Clear();
        Assert.Equal(new LatencySummary { Count = 0, Mean = 0, P50 = 0, P90 = 0, P95 = 0, P99 = 0, P999 = 0, Max = 0 }, histogram.Summarize());
    }
}
