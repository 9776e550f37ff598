using System.Numerics;

namespace Fairlead.Serving.Telemetry;

/// <summary>
/// How durations are counted: four buckets of equal width between a power of two of microseconds and the next, so that any
/// quantile is known to within an eighth from one microsecond to two minutes.
/// </summary>
internal static class LatencyBuckets
{
    /// <summary>Two to the power of it, in microseconds, is where the last buckets begin; longer ones are counted there too.</summary>
    private const int LastPower = 26;
    private const int SubBits = 2;
    private const int Subs = 1 << SubBits;

    public const int Count = Subs * LastPower;

    /// <summary>Powers of two that are shown to others: from 64 µs to 67 s.</summary>
    public const int FirstShown = 6;
    public const int LastShown = LastPower;

    public static int Of(int microseconds)
    {
        if (microseconds < Subs)
            return Math.Max(0, microseconds);
        var power = BitOperations.Log2((uint)microseconds);
        var index = (Subs * (power - 1)) + ((microseconds >> (power - SubBits)) & (Subs - 1));
        return Math.Min(index, Count - 1);
    }

    /// <summary>The lowest duration of a bucket, microseconds.</summary>
    public static long Start(int bucket)
    {
        if (bucket < Subs)
            return bucket;
        var power = (bucket / Subs) + 1;
        return (1L << power) + ((long)(bucket % Subs) << (power - SubBits));
    }

    /// <summary>The first bucket at or above a power of two of microseconds.</summary>
    public static int OfPower(int power) => Subs * (power - 1);
}
