namespace Fairlead.Predictions.Compaction;

/// <summary>What is known of the rows of one table while they are appended.</summary>
internal sealed class RowSpan
{
    private long lastTime = long.MinValue;

    public long Rows { get; private set; }

    /// <summary>Microseconds; covers the rows' times and those inside their ids, so that a row is found by either.</summary>
    public long First { get; private set; } = long.MaxValue;

    public long Last { get; private set; } = long.MinValue;

    /// <summary>Every row was as late as the one before it.</summary>
    public bool IsSorted { get; private set; } = true;

    public void Add(long time, long idMilliseconds, int rows)
    {
        Rows += rows;
        IsSorted &= time >= lastTime;
        lastTime = time;
        // The id is rounded down to a millisecond.
        First = Math.Min(First, Math.Min(time, idMilliseconds * 1000));
        Last = Math.Max(Last, Math.Max(time, (idMilliseconds * 1000) + 999));
    }
}
