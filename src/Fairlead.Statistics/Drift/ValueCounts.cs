namespace Fairlead.Statistics.Drift;

/// <summary>A sample of numbers: its distinct values and how often each occurs.</summary>
public sealed class ValueCounts
{
    /// <param name="values">Finite, rising, no two alike.</param>
    /// <param name="counts">One for each value, 0 or more.</param>
    public ValueCounts(double[] values, long[] counts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Length, values.Length);
        Values = values;
        Counts = counts;
        Total = counts.Sum();
        if (Total == 0)
            return;
        for (var i = 0; i < values.Length; i++)
            Mean += values[i] * ((double)counts[i] / Total);
        var variance = 0.0;
        for (var i = 0; i < values.Length; i++)
            variance += (values[i] - Mean) * (values[i] - Mean) * ((double)counts[i] / Total);
        StandardDeviation = Math.Sqrt(variance);
    }

    public IReadOnlyList<double> Values { get; }

    public IReadOnlyList<long> Counts { get; }

    public long Total { get; }

    /// <summary>0 without values, like all moments here.</summary>
    public double Mean { get; }

    /// <summary>Of the sample itself, not of what it was drawn from.</summary>
    public double StandardDeviation { get; }

    /// <summary>Counts the values of a sample; those that are not finite are left out.</summary>
    public static ValueCounts Of(IEnumerable<double> sample)
    {
        var sorted = sample.Where(double.IsFinite).ToArray();
        Array.Sort(sorted);
        var (values, counts) = (new List<double>(), new List<long>());
        foreach (var value in sorted)
        {
            if (values.Count > 0 && values[^1] == value)
            {
                counts[^1]++;
                continue;
            }

            values.Add(value);
            counts.Add(1);
        }

        return new ValueCounts([.. values], [.. counts]);
    }
}
