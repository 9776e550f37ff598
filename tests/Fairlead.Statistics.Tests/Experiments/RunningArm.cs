using Fairlead.Statistics.Experiments;

namespace Fairlead.Statistics.Tests.Experiments;

/// <summary>Mean and variance of what came so far, by Welford.</summary>
internal struct RunningArm
{
    private long units;
    private double mean;
    private double squares;

    public readonly ArmEstimate Estimate => new(units, mean, units < 2 ? 0 : squares / (units - 1));

    public void Add(double value)
    {
        units++;
        var before = value - mean;
        mean += before / units;
        squares += before * (value - mean);
    }
}
