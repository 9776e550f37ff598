using Fairlead.Load.Sending;

namespace Fairlead.Load.Measuring;

/// <summary>Counts by second. Things are told out of order by a little: a second is kept open for as long as the next.</summary>
internal sealed class SecondRecorder
{
    private const long Second = 1_000_000_000;
    private readonly List<LoadSecond> complete = [];
    private SecondCounts current = new();
    private SecondCounts next = new();

    /// <summary>The counts of the second that a time lies in; of the oldest open one, when that second is complete.</summary>
    public SecondCounts At(long nanoseconds)
    {
        var second = nanoseconds / Second;
        while (second > complete.Count + 1)
            CompleteOne();
        return second > complete.Count ? next : current;
    }

    /// <summary>The last of the seconds that ended before a time.</summary>
    public IReadOnlyList<LoadSecond> CompleteUntil(long nanoseconds, int last)
    {
        while (complete.Count < nanoseconds / Second)
            CompleteOne();
        return [.. complete.Skip(complete.Count - last)];
    }

    private void CompleteOne()
    {
        complete.Add(current.Summarize(complete.Count));
        current.Clear();
        (current, next) = (next, current);
    }
}
