using System.Text.Json;
using Fairlead.Statistics.Canary.Ranks;

namespace Fairlead.Statistics.Tests.Canary;

/// <summary>Seeded samples, held against wilcox.test of R.</summary>
public sealed class WilcoxonTests
{
    /// <summary>Of R's root finder.</summary>
    private const double RootTolerance = 1e-4;

    private static readonly IReadOnlyList<WilcoxonCase> Cases = Read();

    [Fact]
    public void KayentaInterval_OfSeededSamples_IsThatOfR()
    {
        foreach (var one in Cases.Where(one => !one.Paired))
        {
            var (x, y) = Sorted(one);
            var interval = KayentaInterval.Of(x, y, one.Level);
            Assert.Equal(one.Low, interval.Low, 1e-6);
            Assert.Equal(one.High, interval.High, 1e-6);
            Assert.Equal(one.Corrected, interval.Estimate, 1e-6);
        }
    }

    [Fact]
    public void ShiftInterval_OfSeededSamples_IsThatOfRWithoutItsTolerance()
    {
        foreach (var one in Cases)
        {
            var shift = Interval(one);
            Assert.Equal(one.Low, shift.Low!.Value, RootTolerance);
            Assert.Equal(one.High, shift.High!.Value, RootTolerance);
            // Between both middle differences any value is R's root.
            var (low, high) = Middle(one);
            Assert.InRange(shift.Estimate, low, high);
            Assert.InRange(one.Estimate, low - RootTolerance, high + RootTolerance);
        }
    }

    [Fact]
    public void PValue_OfSeededSamples_IsThatOfR()
    {
        foreach (var one in Cases)
            Assert.Equal(one.P, Interval(one).PValue, 1e-9);
    }

    [Theory]
    [InlineData(0.95, 6.0, 39.0, 22.5)]
    public void Intervals_OfFourTensAgainstFourOnes_AreThoseOfTheFacts(double confidence, double low, double high, double estimate)
    {
        double[] x = [10, 20, 30, 40], y = [1, 2, 3, 4];
        var kayenta = KayentaInterval.Of(x, y, confidence);
        Assert.Equal((low, high, estimate), (kayenta.Low, kayenta.High, kayenta.Estimate));
        var shift = ShiftInterval.OfSamples(x, y, 1 - confidence);
        Assert.Equal((low, high, estimate), (shift.Low, shift.High, shift.Estimate));
    }

    [Fact]
    public void KayentaInterval_AllTied_Throws() => Assert.Throws<InvalidOperationException>(() => KayentaInterval.Of([1, 1, 1], [1, 1], 0.98));

    private static ShiftInterval Interval(WilcoxonCase one)
    {
        var (x, y) = Sorted(one);
        return one.Paired ? ShiftInterval.OfPairs(Differences(one), 1 - one.Level) : ShiftInterval.OfSamples(x, y, 1 - one.Level);
    }

    private static (double Low, double High) Middle(WilcoxonCase one)
    {
        var (x, y) = Sorted(one);
        DifferenceSet set = one.Paired ? new WalshAverages(Differences(one)) : new PairwiseDifferences(x, y);
        return (set.Select((set.Count - 1) / 2), set.Select(set.Count / 2));
    }

    private static double[] Differences(WilcoxonCase one) => [.. one.X.Zip(one.Y, (x, y) => x - y).Order()];

    private static (double[] X, double[] Y) Sorted(WilcoxonCase one) => ([.. one.X.Order()], [.. one.Y.Order()]);

    private static WilcoxonCase[] Read() =>
        JsonSerializer.Deserialize<WilcoxonCase[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Canary", "Golden", "wilcox.json")), JsonSerializerOptions.Web)!;
}
