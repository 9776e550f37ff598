namespace Fairlead.Statistics.Canary;

/// <summary>What time is judged, and how many times that happens.</summary>
/// <param name="Step">Between two points.</param>
/// <param name="Look">Which judgement of the canary it is, from 1.</param>
/// <param name="Looks">Judgements that are planned: the level is spread over them.</param>
/// <param name="IsSliding">True when windows do not begin where the first began.</param>
public sealed record CanaryWindow(DateTimeOffset Start, DateTimeOffset End, TimeSpan Step, int Look = 1, int Looks = 1, bool IsSliding = false)
{
    /// <summary>A window of that many points, judged once, for values that carry no time.</summary>
    public static CanaryWindow OfPoints(int points) =>
        new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch + (points * CanaryPlan.UsualStep), CanaryPlan.UsualStep);

    /// <summary>Points that each side should have; sides with fewer are filled up with missing ones.</summary>
    public int ExpectedPoints => Step > TimeSpan.Zero && End > Start ? (int)Math.Min(int.MaxValue, (End - Start) / Step) : 0;
}
