namespace Fairlead.Statistics.Experiments;

/// <summary>From <paramref name="Low"/> to <paramref name="High"/>, both inclusive; either may be infinite.</summary>
public readonly record struct Interval(double Low, double High)
{
    public bool Contains(double value) => value >= Low && value <= High;
}
