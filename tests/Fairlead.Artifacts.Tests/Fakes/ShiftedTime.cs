namespace Fairlead.Artifacts.Tests.Fakes;

/// <summary>The clock of the machine, set forward or back.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
