using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Serving.Capturing;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Tests.Capturing;

public sealed class UnitSampleTests
{
    private const int Units = 20_000;

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(0.999)]
    public void Keeps_ManyUnits_AsManyAsTheShare(double share)
    {
        var kept = KeptOf("late", share);

        // Five standard deviations of a fair draw.
        var deviation = 5 * Math.Sqrt(Units * share * (1 - share));
        Assert.InRange(kept.Count, (Units * share) - deviation, (Units * share) + deviation);
    }

    [Fact]
    public void Keeps_LargerShare_KeepsWhomASmallerOneKeeps() => Assert.Empty(KeptOf("late", 0.1).Except(KeptOf("late", 0.2)));

    [Fact]
    public void Keeps_OtherService_ChoosesByItself()
    {
        var both = KeptOf("late", 0.5).Intersect(KeptOf("other", 0.5)).Count();
        Assert.InRange(both, Units * 0.22, Units * 0.28);
    }

    [Fact]
    public void Keeps_WhatTheTrafficChoseBy_TellsNothingOfTheSample()
    {
        var salt = "late"u8.ToArray();
        var half = KeptOf("late", 0.5);
        var kept = Enumerable.Range(0, Units).Where(unit => UnitHash.Of(salt, Unit(unit)) % 2 == 0).Count(half.Contains);
        Assert.InRange(kept, Units * 0.22, Units * 0.28);
    }

    // Of a canary's arms: were the sample drawn by the salt of the traffic, one arm would be kept whole and the other not at all.
    [Fact]
    public void Keeps_ArmsOfManyServices_AreIndependentOfTheSample()
    {
        (double Arm, double Share)[] cases = [(0.05, 0.1), (0.1, 0.5), (0.5, 0.25), (0.01, 0.3)];
        var statistics = new List<double>();
        for (var service = 0; service < 50; service++)
        {
            var name = $"service-{service}";
            foreach (var (arm, share) in cases)
                statistics.Add(ChiSquared(name, arm, KeptOf(name, share)));
        }

        // One degree of freedom each: the mean is 1, and a twentieth lies above 3.84, both within four standard deviations.
        Assert.InRange(statistics.Average(), 0.6, 1.4);
        Assert.InRange(statistics.Count(statistic => statistic > 3.841), 0, 23);
        Assert.True(statistics.Max() < 20, $"One split and its sample are as good as the same: chi-squared is {statistics.Max()}.");
    }

    [Fact]
    public void Keeps_NoUnit_FollowsFromTheId()
    {
        var sample = new UnitSample("late", 0.5);
        var ids = Enumerable.Range(0, 2000).Select(_ => PredictionId.Create(TimeProvider.System)).ToList();
        Assert.InRange(ids.Count(id => sample.Keeps(default, id)), 850, 1150);
        Assert.All(ids, id => Assert.Equal(sample.Keeps(default, id), sample.Keeps(default, id)));
    }

    // It must never change: a unit that was kept would be lost with the next version of this program.
    [Fact]
    public void Keeps_KnownUnits_IsWhatItAlwaysWas() => Assert.Equal([2, 8, 10, 12, 16, 17, 19, 22, 26, 27], KeptOf("late", 0.25).Order().Take(10));

    private static double ChiSquared(string service, double arm, HashSet<int> kept)
    {
        var salt = Encoding.UTF8.GetBytes(service);
        var inArm = Enumerable.Range(0, Units).Where(unit => UnitHash.Of(salt, Unit(unit)) % 10_000 < arm * 10_000).ToHashSet();
        var both = inArm.Count(kept.Contains);
        double[] observed = [both, inArm.Count - both, kept.Count - both, Units - inArm.Count - kept.Count + both];
        double[] expected =
        [
            (double)inArm.Count * kept.Count / Units,
            (double)inArm.Count * (Units - kept.Count) / Units,
            (double)(Units - inArm.Count) * kept.Count / Units,
            (double)(Units - inArm.Count) * (Units - kept.Count) / Units,
        ];
        return observed.Zip(expected, (seen, awaited) => (seen - awaited) * (seen - awaited) / awaited).Sum();
    }

    private static HashSet<int> KeptOf(string service, double share)
    {
        var sample = new UnitSample(service, share);
        return [.. Enumerable.Range(0, Units).Where(unit => sample.Keeps(Unit(unit), default))];
    }

    private static byte[] Unit(int number) => Encoding.UTF8.GetBytes($"unit-{number}");
}
