namespace Fairlead.Predictions.Tests.Tracing.Telling;

/// <summary>A clock that goes when it is told to.</summary>
internal sealed class StoppableTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan span) => now += span;
}
