using MathNet.Numerics.Distributions;

namespace Fairlead.Statistics.Experiments;

/// <summary>What a comparison of two arms can find, before it starts.</summary>
/// <param name="Variance">Of one unit, the same in both arms.</param>
/// <param name="ControlShare">Of all units of the experiment, above 0 to 1.</param>
/// <param name="TreatmentShare">Of all units of the experiment, above 0 to 1.</param>
/// <param name="Alpha">Two-sided level of this one comparison.</param>
/// <param name="Power">Probability with which a true effect is found, above alpha to 1, exclusive.</param>
public sealed record PowerAnalysis(double Variance, double ControlShare, double TreatmentShare, double Alpha, double Power)
{
    /// <summary>
    /// The plan reaches so many times the units at which its confidence sequence is narrowest. A sequence that was made for more units than there are finds nothing,
    /// not even what is many times as large as planned; one that was made for a tenth costs a tenth more units at the end.
    /// </summary>
    public const double Reach = 10;

    /// <summary>Variance of the difference, times the number of units.</summary>
    private double Unit => Variance * ((1 / ControlShare) + (1 / TreatmentShare));

    /// <summary>Standard errors that an effect must measure to be found in one look.</summary>
    private double FixedReach => Normal.InvCDF(0, 1, 1 - (Alpha / 2)) + Normal.InvCDF(0, 1, Power);

    /// <summary>
    /// As for one look, at <see cref="Reach"/> times the units at which the sequence is narrowest. Earlier looks only add to the power, so that it is a promise that is kept or exceeded.
    /// </summary>
    private double SequentialReach => ConfidenceSequence.WidthAt(Reach * ConfidenceSequence.PlannedSpread(Alpha), Alpha) + Normal.InvCDF(0, 1, Power);

    /// <summary>Units of the whole experiment with which one look finds that effect.</summary>
    /// <param name="effect">Absolute, not 0.</param>
    public double FixedUnits(double effect) => Unit * FixedReach * FixedReach / (effect * effect);

    /// <summary>Units of the whole experiment by which the confidence sequence has left 0 out, looked at as often as one likes.</summary>
    /// <param name="effect">Absolute, not 0.</param>
    public double SequentialUnits(double effect) => Unit * SequentialReach * SequentialReach / (effect * effect);

    /// <summary>The least absolute effect that one look finds with that many units of the whole experiment.</summary>
    public double FixedEffect(double units) => FixedReach * Math.Sqrt(Unit / units);

    /// <summary>The least absolute effect that the confidence sequence finds with that many units of the whole experiment.</summary>
    public double SequentialEffect(double units) => SequentialReach * Math.Sqrt(Unit / units);
}
