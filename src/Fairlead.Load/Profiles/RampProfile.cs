namespace Fairlead.Load.Profiles;

/// <summary>From nothing to the rate, in a straight line.</summary>
public sealed record RampProfile : LoadProfile
{
    /// <summary>A ramp begins at 0, where nothing would warm up.</summary>
    private const double WarmupShare = 0.1;

    public RampProfile(double rate, TimeSpan duration)
        : base(rate, duration)
    {
    }

    public override string Name => "ramp";

    internal override double WarmupRate => Rate * WarmupShare;

    internal override double DueBy(double seconds) => Rate * seconds * seconds / (2 * Duration.TotalSeconds);

    internal override double TimeOf(double requests) => Math.Sqrt(2 * Duration.TotalSeconds * requests / Rate);

    internal override double RateAt(double seconds) => Rate * seconds / Duration.TotalSeconds;
}
