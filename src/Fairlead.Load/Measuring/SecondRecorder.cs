using Fairlead.Load.Sending;

namespace Fairlead.Load.Measuring;

/// <summary>Counts by second. What happens is told out of order by a little: a second is kept open for as long as the next.</summary>
internal sealed class SecondRecorder
{
    private const long Second = 1_000_000_000;
    private readonly List<LoadSecond> complete = [];
    private readonly List<long> due = [];
    private SecondCounts current = new();
    private SecondCounts next = new();

    /// <summary>A request is due, perhaps in a second that is complete: whoever sends may be behind.</summary>
    public void Due(long nanoseconds)
    {
        var second = (int)(nanoseconds / Second);
        while (due.Count <= second)
            due.Add(0);
        due[second]++;
    }

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
        return [.. complete.Skip(complete.Count - last).Select(second => second with { Due = second.Second < due.Count ? due[second.Second] : 0 })];
    }

    private void CompleteOne()
    {
        complete.Add(current.Summarize(complete.Count));
        current.Clear();
        (current, next) = (next, current);
    }
}
