namespace Fairlead.Domain.Scheduling;

/// <summary>When a message that was not accepted is sent again: after 5 s, 10 s … 30 minutes.</summary>
public static class DeliveryPauses
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <param name="nextAt">From <see cref="NextAt"/>. A clock that was set back does not hold a message up for longer than a pause.</param>
    public static bool IsDue(DateTimeOffset nextAt, DateTimeOffset now) => nextAt <= now || nextAt - now > Longest;

    /// <param name="attempts">That failed, from 1.</param>
    public static DateTimeOffset NextAt(int attempts, DateTimeOffset now)
    {
        var pause = First * Math.Pow(2, Math.Min(attempts - 1, 20));
        return now + (pause < Longest ? pause : Longest);
    }
}
