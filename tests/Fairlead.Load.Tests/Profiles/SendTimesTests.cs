using Fairlead.Load.Profiles;

namespace Fairlead.Load.Tests.Profiles;

public sealed class SendTimesTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Fact]
    public void Even_Steady_HasEqualGapsFromZero()
    {
        var times = All(new SteadyProfile(100, TenSeconds));
        Assert.Equal(1000, times.Count);
        for (var i = 0; i < times.Count; i++)
            Assert.Equal(i * 0.01, times[i], 1e-9);
    }

    [Fact]
    public void Even_Ramp_SendsMoreEverySecond()
    {
        var perSecond = PerSecond(All(new RampProfile(100, TenSeconds)));
        Assert.Equal([5, 15, 25, 35, 45, 55, 65, 75, 85, 95], perSecond.Values.Select(count => (int)Math.Round(count / 5.0) * 5));
    }

    [Fact]
    public void Even_Spike_SendsTheMultipleInTheSpike()
    {
        var perSecond = PerSecond(All(new SpikeProfile(100, TenSeconds, 4)));
        for (var second = 0; second < 10; second++)
            Assert.InRange(perSecond[second], second is 4 or 5 ? 399 : 99, second is 4 or 5 ? 401 : 101);
    }

    [Fact]
    public void Warmup_ComesBefore_AtTheProfilesFirstRate()
    {
        var times = All(new RampProfile(100, TenSeconds), TimeSpan.FromSeconds(2));
        Assert.Equal(20, times.Count(time => time < 2));
        Assert.Equal(500, times.Count(time => time >= 2));
        Assert.True(times.SequenceEqual(times.Order()));
    }

    [Fact]
    public void Poisson_HasTheRateAndExponentialGaps()
    {
        var times = All(new SteadyProfile(10_000, TenSeconds), spacing: ArrivalSpacing.Poisson, seed: 7);
        // 100,000 with a standard deviation of 316.
        Assert.InRange(times.Count, 98_500, 101_500);
        var gaps = times.Zip(times.Skip(1), (left, right) => right - left).ToList();
        // Of exponential gaps, 1/e are longer than the mean; of even ones none.
        Assert.InRange(gaps.Count(gap => gap > 1e-4) / (double)gaps.Count, 0.36, 0.376);
    }

    [Fact]
    public void Poisson_SameSeed_IsTheSame()
    {
        var profile = new SpikeProfile(100, TenSeconds);
        Assert.Equal(All(profile, spacing: ArrivalSpacing.Poisson, seed: 3), All(profile, spacing: ArrivalSpacing.Poisson, seed: 3));
        Assert.NotEqual(All(profile, spacing: ArrivalSpacing.Poisson, seed: 3), All(profile, spacing: ArrivalSpacing.Poisson, seed: 4));
    }

    private static Dictionary<int, int> PerSecond(IReadOnlyList<double> times) => times.CountBy(time => (int)time).ToDictionary();

    private static List<double> All(LoadProfile profile, TimeSpan warmup = default, ArrivalSpacing spacing = ArrivalSpacing.Even, int seed = 0)
    {
        var times = new SendTimes(profile, warmup, spacing, seed);
        var all = new List<double>();
        while (times.TryNext(out var seconds))
            all.Add(seconds);
        return all;
    }
}
