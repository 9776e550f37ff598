namespace Fairlead.Statistics.Drift;

/// <summary>One side of a comparison of numbers.</summary>
/// <param name="Values">Finite ones.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="NotFinite">Rows with NaN or an infinity.</param>
public sealed record NumericSide(ValueCounts Values, long Missing, long NotFinite)
{
    public long Rows => Values.Total + Missing + NotFinite;
}
