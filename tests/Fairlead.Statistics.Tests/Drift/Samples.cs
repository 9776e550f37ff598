namespace Fairlead.Statistics.Tests.Drift;

/// <summary>Seeded samples whose distribution is known.</summary>
internal static class Samples
{
    public static double[] Normal(int seed, int count, double mean = 0, double deviation = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    /// <summary>Whole numbers from 0 up to that one.</summary>
    public static double[] Whole(int seed, int count, int below)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(below))];
    }

    /// <summary>Many small values and few large ones.</summary>
    public static double[] Skewed(int seed, int count, double scale = 1) => [.. Normal(seed, count).Select(value => scale * Math.Exp(value))];

    /// <summary>Words by rank, the frequent ones far more frequent than the others.</summary>
    public static string[] Words(int seed, int count, int words, double exponent = 1)
    {
        var names = Enumerable.Range(0, words).Select(rank => $"w{rank}").ToArray();
        var sums = new double[words];
        for (var rank = 0; rank < words; rank++)
            sums[rank] = (rank == 0 ? 0 : sums[rank - 1]) + Math.Pow(rank + 1, -exponent);
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => names[Math.Min(words - 1, Place(Array.BinarySearch(sums, random.NextDouble() * sums[^1])))])];

        static int Place(int found) => found < 0 ? ~found : found;
    }
}
