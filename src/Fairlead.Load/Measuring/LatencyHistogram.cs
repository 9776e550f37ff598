using System.Numerics;

namespace Fairlead.Load.Measuring;

/// <summary>
/// Counts durations in buckets whose width grows with the value: 64 in each doubling, so that the middle of a bucket is off by less than
/// 0.8 %, in memory that does not grow. Two of them add up to the histogram of both. Not for several threads at once.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;

    /// <summary>Longer durations count as this one: 73 minutes.</summary>
    private const long MaxNanoseconds = (1L << 42) - 1;

    private readonly long[] counts = new long[IndexOf(MaxNanoseconds) + 1];
    private long min = long.MaxValue;
    private long max;
    private double sum;

    public long Count { get; private set; }

    /// <summary>Exact. 0 when there is none.</summary>
    public long MaxValue => max;

    public double Mean => Count == 0 ? 0 : sum / Count;

    /// <param name="nanoseconds">A negative duration counts as 0.</param>
    public void Record(long nanoseconds)
    {
        var value = Math.Clamp(nanoseconds, 0, MaxNanoseconds);
        counts[IndexOf(value)]++;
        min = Math.Min(min, value);
        max = Math.Max(max, value);
        sum += value;
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < counts.Length; i++)
            counts[i] += other.counts[i];
        min = Math.Min(min, other.min);
        max = Math.Max(max, other.max);
        sum += other.sum;
        Count += other.Count;
    }

    public void Clear()
    {
        Array.Clear(counts);
        min = long.MaxValue;
        max = 0;
        sum = 0;
        Count = 0;
    }

    /// <summary>The smallest value that at least that share of the durations does not exceed, in nanoseconds; 0 when there is none.</summary>
    /// <param name="quantile">From 0 to 1.</param>
    public long Quantile(double quantile)
    {
        if (Count == 0)
            return 0;
        // A product such as 0.999 * 1000 may come out a hair above the whole number that it is.
        var rank = Math.Clamp((long)Math.Ceiling(quantile * Count - 1e-9 * Count), 1, Count);
        if (rank == Count)
            return max;
        var seen = 0L;
        var index = -1;
        while (seen < rank)
            seen += counts[++index];
        return Math.Clamp(MiddleOf(index), min, max);
    }

    public LatencySummary Summarize() => new()
    {
        Count = Count,
        Mean = Mean / 1e9,
        P50 = Quantile(0.5) / 1e9,
        P90 = Quantile(0.9) / 1e9,
        P95 = Quantile(0.95) / 1e9,
        P99 = Quantile(0.99) / 1e9,
        P999 = Quantile(0.999) / 1e9,
        Max = MaxValue / 1e9,
    };

    // Values of fewer than 2^7 have buckets of their own; above, the highest seven bits of a value are its bucket within its doubling.
    private static int IndexOf(long value)
    {
        var shift = ShiftOf(value);
        return shift * SubBuckets + (int)(value >> shift);
    }

    private static int ShiftOf(long value) => Math.Max(0, BitOperations.Log2((ulong)value) - SubBits);

    private static long MiddleOf(int index)
    {
        var shift = Math.Max(0, index / SubBuckets - 1);
        var low = (long)(index - shift * SubBuckets) << shift;
        return low + (1L << shift) / 2;
    }
}
