using Fairlead.Statistics.Canary.Ranks;
using Fairlead.Testing;

namespace Fairlead.Statistics.Tests.Canary;

/// <summary>Selection without writing out, held against writing out.</summary>
public sealed class DifferenceSetTests
{
    [Fact]
    public void Select_OfRandomSamples_IsTheOneOfTheSortedDifferences()
    {
        for (var seed = 0; seed < Campaign.Rounds(400, 20_000); seed++)
        {
            var random = new Random(seed);
            var (x, y) = (Draw(random), Draw(random));
            Check(new PairwiseDifferences(x, y), [.. x.SelectMany(a => y.Select(b => a - b)).Order()], seed);
            Check(new WalshAverages(x), [.. x.SelectMany((a, i) => x[i..].Select(b => (a / 2) + (b / 2))).Order()], seed);
        }
    }

    [Fact]
    public void Place_OfRandomSamples_CountsBelowAndUpTo()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (x, y) = (Draw(random), Draw(random));
            double[] all = [.. x.SelectMany(a => y.Select(b => a - b))];
            var value = all[random.Next(all.Length)];
            Assert.Equal((all.LongCount(one => one < value), all.LongCount(one => one <= value)), new PairwiseDifferences(x, y).Place(value));
            double[] averages = [.. x.SelectMany((a, i) => x[i..].Select(b => (a / 2) + (b / 2)))];
            var average = averages[random.Next(averages.Length)];
            Assert.Equal((averages.LongCount(one => one < average), averages.LongCount(one => one <= average)), new WalshAverages(x).Place(average));
        }
    }

    private static void Check(DifferenceSet set, double[] sorted, int seed)
    {
        Assert.Equal(sorted.Length, set.Count);
        foreach (var place in new[] { 0, sorted.Length / 3, sorted.Length / 2, sorted.Length - 1 })
            Assert.True(sorted[place] == set.Select(place), $"seed {seed}, place {place} of {sorted.Length}: {sorted[place]:R}, {set.Select(place):R}");
    }

    /// <summary>Smooth, with ties, with a tail over three hundred decades, almost constant, with zeros of both signs.</summary>
    private static double[] Draw(Random random)
    {
        var size = random.Next(1, 60);
        var kind = random.Next(6);
        return [.. Enumerable.Range(0, size).Select(_ => kind switch
        {
            0 => random.NextDouble(),
            1 => random.Next(4),
            2 => Math.Pow(10, (random.NextDouble() * 300) - 150) * (random.Next(2) == 0 ? 1 : -1),
            3 => random.Next(20) == 0 ? 1e9 : 5,
            4 => random.Next(3) == 0 ? -0.0 : random.Next(2),
            _ => 1e-12 * random.Next(1000),
        }).Order()];
    }
}
