using Fairlead.Serving.Telemetry;

namespace Fairlead.Serving.Tests.Telemetry;

public sealed class LatencyBucketsTests
{
    [Fact]
    public void Of_EveryDuration_FallsIntoTheBucketThatHoldsIt()
    {
        var random = new Random(1);
        for (var n = 0; n < 100_000; n++)
        {
            var microseconds = (int)Math.Pow(2, random.NextDouble() * 26.9);
            var bucket = LatencyBuckets.Of(microseconds);
            Assert.InRange(microseconds, LatencyBuckets.Start(bucket), LatencyBuckets.Start(bucket + 1) - 1);
        }
    }

    [Fact]
    public void Of_Extremes_StayInside()
    {
        Assert.Equal(0, LatencyBuckets.Of(0));
        Assert.Equal(0, LatencyBuckets.Of(-5));
        Assert.Equal(LatencyBuckets.Count - 1, LatencyBuckets.Of(int.MaxValue));
        for (var power = LatencyBuckets.FirstShown; power <= LatencyBuckets.LastShown; power++)
            Assert.Equal(1L << power, LatencyBuckets.Start(LatencyBuckets.OfPower(power)));
    }

    [Fact]
    public void Quantile_OfManyObservations_IsWithinAnEighth()
    {
        var metrics = new GroupMetrics(TimeProvider.System);
        for (var n = 1; n <= 10_000; n++)
            metrics.Observe(new Observation { Status = 200, Latency = n });

        var latency = metrics.Snapshot().Latency;

        Assert.Equal(10_000, latency.Count);
        Assert.Equal(50_005_000, latency.Sum);
        foreach (var share in new[] { 0.5, 0.9, 0.99, 1 })
            Assert.InRange(latency.Quantile(share), 10_000 * share * 0.87, 10_000 * share * 1.13);
        Assert.Equal(0, default(Histogram).Quantile(0.5));
    }

    [Fact]
    public async Task Observe_ManyThreads_LosesNothing()
    {
        var metrics = new GroupMetrics(TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var n = 0; n < 20_000; n++)
                metrics.Observe(new Observation { Status = n % 10 == 0 ? 503 : 200, Latency = n, Rows = 2 });
        })));

        var numbers = metrics.Snapshot();

        Assert.Equal((160_000, 144_000, 16_000, 320_000), (numbers.Requests, numbers.Succeeded, numbers.Failed, numbers.Rows));
    }
}
