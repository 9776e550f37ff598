namespace Fairlead.Notices.Sending;

/// <summary>When a message that was not accepted is sent again: after 5 s, 10 s … 30 minutes, each a fifth more or less so that not everybody comes back at once.</summary>
internal static class NoticePauses
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private const double Spread = 0.2;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    /// <param name="attempts">That failed, from 1.</param>
    /// <param name="sample">Chance, from 0 to 1.</param>
    public static TimeSpan After(int attempts, double sample)
    {
        var pause = First * Math.Pow(2, Math.Min(attempts - 1, 20));
        return (pause < Longest ? pause : Longest) * (1 - Spread + (sample * 2 * Spread));
    }
}
