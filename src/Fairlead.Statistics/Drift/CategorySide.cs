namespace Fairlead.Statistics.Drift;

/// <summary>One side of a comparison of categories.</summary>
/// <param name="Present">Rows with a value.</param>
/// <param name="Missing">Rows without one.</param>
/// <param name="Distinct">Different values.</param>
/// <param name="Singles">Values that occur once.</param>
/// <param name="Pairs">Values that occur twice.</param>
/// <param name="Unseen">Rows whose value the other side lacks.</param>
/// <param name="UnseenValues">Different values among them.</param>
public sealed record CategorySide(long Present, long Missing, long Distinct, long Singles, long Pairs, long Unseen, long UnseenValues)
{
    public long Rows => Present + Missing;

    internal static CategorySide Of(IEnumerable<(long Here, long There)> values, long missing)
    {
        var (present, distinct, singles, pairs, unseen, unseenValues) = (0L, 0L, 0L, 0L, 0L, 0L);
        foreach (var (here, there) in values)
        {
            if (here == 0)
                continue;
            present += here;
            distinct++;
            singles += here == 1 ? 1 : 0;
            pairs += here == 2 ? 1 : 0;
            unseen += there == 0 ? here : 0;
            unseenValues += there == 0 ? 1 : 0;
        }

        return new CategorySide(present, missing, distinct, singles, pairs, unseen, unseenValues);
    }
}
