using Fairlead.Domain.Problems;

namespace Fairlead.Load.Profiles;

/// <summary>The rate, and a multiple of it from 40 % to 60 % of the duration.</summary>
public sealed record SpikeProfile : LoadProfile
{
    public const double DefaultFactor = 3;
    public const double MaxFactor = 1000;
    private const double BeginShare = 0.4;
    private const double LengthShare = 0.2;
    private readonly double begin;
    private readonly double end;

    /// <param name="factor">By how much the rate is multiplied in the spike, above 1 and at most <see cref="MaxFactor"/>.</param>
    /// <exception cref="FairleadException">Invalid.</exception>
    public SpikeProfile(double rate, TimeSpan duration, double factor = DefaultFactor)
        : base(rate, duration)
    {
        if (factor is not (> 1 and <= MaxFactor))
            throw FairleadException.Invalid($"The factor '{factor}' of the spike is not accepted; expected more than 1 and at most {MaxFactor}.");
        Factor = factor;
        begin = BeginShare * duration.TotalSeconds;
        end = begin + LengthShare * duration.TotalSeconds;
    }

    public double Factor { get; }

    public override string Name => "spike";

    internal override double DueBy(double seconds) => Rate * (seconds + (Factor - 1) * (Math.Clamp(seconds, begin, end) - begin));

    internal override double TimeOf(double requests)
    {
        var equivalent = requests / Rate;
        var inSpike = Math.Clamp((equivalent - begin) / Factor, 0, end - begin);
        return equivalent - (Factor - 1) * inSpike;
    }

    internal override double RateAt(double seconds) => seconds >= begin && seconds < end ? Rate * Factor : Rate;
}
