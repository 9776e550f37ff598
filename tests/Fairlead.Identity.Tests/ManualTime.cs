namespace Fairlead.Identity.Tests;

/// <summary>A clock that a test moves.</summary>
internal sealed class ManualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private TimeSpan passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => passed += time;

    public override DateTimeOffset GetUtcNow() => Start + passed;

    public override long GetTimestamp() => passed.Ticks;
}
