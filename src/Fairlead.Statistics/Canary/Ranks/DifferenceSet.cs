namespace Fairlead.Statistics.Canary.Ranks;

/// <summary>
/// Many numbers that are made of few sorted ones, such as all differences between two samples: never written out, counted below a value in time linear in the
/// few. Any of them, by its place in ascending order, is found exactly, so that limits of intervals carry no tolerance of a root finder.
/// </summary>
internal abstract class DifferenceSet
{
    /// <summary>A bracket that holds no more than these is written out and sorted.</summary>
    private const int FewEnough = 256;

    /// <summary>Each third pivot halves the numbers that a double can hold, which bounds the passes whatever the values are.</summary>
    private const int SafePivot = 3;

    /// <summary>How many there are.</summary>
    public abstract long Count { get; }

    protected abstract double Least { get; }

    protected abstract double Most { get; }

    /// <summary>How many are less than the value, and how many are at most the value.</summary>
    public abstract (long Less, long AtMost) Place(double value);

    /// <summary>Adds those from low to high, both included.</summary>
    protected abstract void Collect(double low, double high, List<double> into);

    /// <summary>The one at a place of the ascending order.</summary>
    /// <param name="place">From 0, less than <see cref="Count"/>.</param>
    public double Select(long place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Count);
        var (low, high) = (Least, Most);
        var (below, upTo) = (0L, Count);
        for (var pass = 1; upTo - below > FewEnough && low < high; pass++)
        {
            var pivot = Math.Clamp(pass % SafePivot == 0 ? MiddleOfDoubles(low, high) : Interpolate(low, high, below, upTo, place), low, high);
            var (less, atMost) = Place(pivot);
            if (place < less)
                (high, upTo) = (Math.BitDecrement(pivot), less);
            else if (place >= atMost)
                (low, below) = (Math.BitIncrement(pivot), atMost);
            else
                return pivot;
        }

        if (low == high)
            return low;
        var few = new List<double>(FewEnough);
        Collect(low, high, few);
        few.Sort();
        return few[(int)(place - below)];
    }

    /// <summary>The middle one, or the mean of both middle ones.</summary>
    public double Median()
    {
        var upper = Select(Count / 2);
        return Count % 2 == 1 ? upper : upper + ((Select((Count / 2) - 1) - upper) / 2);
    }

    private static double Interpolate(double low, double high, long below, long upTo, long place) =>
        low + ((high - low) * ((place - below + 0.5) / (upTo - below)));

    private static double MiddleOfDoubles(double low, double high)
    {
        var (a, b) = (Ordered(low), Ordered(high));
        return FromOrdered((a & b) + ((a ^ b) >> 1));
    }

    /// <summary>Integers in the order of the doubles.</summary>
    private static long Ordered(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double FromOrdered(long value) => BitConverter.Int64BitsToDouble(value >= 0 ? value : long.MinValue - value);
}
