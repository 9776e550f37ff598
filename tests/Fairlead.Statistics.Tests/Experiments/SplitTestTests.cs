using Fairlead.Statistics.Experiments;

namespace Fairlead.Statistics.Tests.Experiments;

public sealed class SplitTestTests
{
    private const double Alarm = 0.001;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public void PValue_TheSplitIsAsPromisedAndLookedAtAHundredTimes_AlarmsInOneOfAThousandRuns(double share)
    {
        const int runs = 20_000;
        var alarms = 0;
        var fixedAlarms = 0;
        Parallel.For(0, runs, seed =>
        {
            var (alarm, fixedAlarm) = Watch(seed, share, share, 100, 50);
            Interlocked.Add(ref alarms, alarm ? 1 : 0);
            Interlocked.Add(ref fixedAlarms, fixedAlarm ? 1 : 0);
        });

        Assert.InRange(alarms, 0, (runs * Alarm) + (3 * Math.Sqrt(runs * Alarm)));
        Assert.True(fixedAlarms > 3 * runs * Alarm, $"looking at chi-squared again and again alarms {fixedAlarms} times, so that the test above can fail");
    }

    [Fact]
    public void PValue_FiftyOneToFortyNineOfAHundredThousand_Alarms()
    {
        var found = 0;
        Parallel.For(0, 200, seed =>
        {
            if (Watch(seed, 0.5, 0.51, 100, 1000).Alarm)
                Interlocked.Increment(ref found);
        });

        Assert.InRange(found, 185, 200);
    }

    [Fact]
    public void PValue_ThreeArmsOfWhichOneLosesUnits_Alarms()
    {
        Assert.True(SplitTest.Of([34_000, 33_000, 31_500], [1.0 / 3, 1.0 / 3, 1.0 / 3]).PValue < Alarm);
        Assert.True(SplitTest.Of([33_400, 33_300, 33_300], [1.0 / 3, 1.0 / 3, 1.0 / 3]).PValue > 0.5);
    }

    [Fact]
    public void PValue_NobodyYet_IsOne() => Assert.Equal(new SplitTest(1, 1), SplitTest.Of([0, 0], [0.5, 0.5]));

    [Fact]
    public void PValue_TenMillionUnits_IsStillExact()
    {
        Assert.True(SplitTest.Of([5_000_500, 4_999_500], [0.5, 0.5]).PValue > 0.9);
        Assert.True(SplitTest.Of([5_010_000, 4_990_000], [0.5, 0.5]).PValue < 1e-4);
    }

    // Expected values of scipy.stats.chisquare.
    [Theory]
    [InlineData(new long[] { 5100, 4900 }, new[] { 0.5, 0.5 }, 0.04550026389635857)]
    [InlineData(new long[] { 120, 80, 100 }, new[] { 0.4, 0.3, 0.3 }, 0.3291929878079054)]
    public void FixedPValue_KnownCounts_IsThatOfPearson(long[] counts, double[] shares, double expected) =>
        Assert.Equal(expected, SplitTest.Of(counts, shares).FixedPValue, 1e-9);

    private static (bool Alarm, bool FixedAlarm) Watch(int seed, double promised, double actual, int looks, int unitsPerLook)
    {
        var draws = new Draws(seed);
        var counts = new long[2];
        var (alarm, fixedAlarm) = (false, false);
        for (var look = 0; look < looks; look++)
        {
            var first = draws.Split(unitsPerLook, actual);
            counts[0] += first;
            counts[1] += unitsPerLook - first;
            var test = SplitTest.Of(counts, [promised, 1 - promised]);
            alarm |= test.PValue < Alarm;
            fixedAlarm |= test.FixedPValue < Alarm;
        }

        return (alarm, fixedAlarm);
    }
}
