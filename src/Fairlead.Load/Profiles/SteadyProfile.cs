namespace Fairlead.Load.Profiles;

/// <summary>The same rate from begin to end.</summary>
public sealed record SteadyProfile : LoadProfile
{
    public SteadyProfile(double rate, TimeSpan duration)
        : base(rate, duration)
    {
    }

    public override string Name => "steady";

    internal override double DueBy(double seconds) => Rate * seconds;

    internal override double TimeOf(double requests) => requests / Rate;

    internal override double RateAt(double seconds) => Rate;
}
