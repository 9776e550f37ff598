using MathNet.Numerics.Distributions;

namespace Fairlead.Statistics.Experiments;

/// <summary>
/// Welch's t-test: right at one look whose time was fixed before, and wrong for whoever looks again and stops when it pleases.
/// </summary>
/// <param name="DegreesOfFreedom">By Welch and Satterthwaite.</param>
/// <param name="PValue">Two-sided.</param>
public readonly record struct WelchTest(double T, double DegreesOfFreedom, double PValue, Interval Interval)
{
    /// <summary>Treatment less control, of arms with at least two units each and some variance.</summary>
    /// <param name="alpha">1 less the confidence of the interval.</param>
    public static WelchTest Of(ArmEstimate control, ArmEstimate treatment, double alpha)
    {
        var (left, right) = (control.MeanVariance, treatment.MeanVariance);
        var error = Math.Sqrt(left + right);
        var degrees = (left + right) * (left + right) / ((left * left / (control.Units - 1)) + (right * right / (treatment.Units - 1)));
        var difference = treatment.Mean - control.Mean;
        var t = difference / error;
        var half = StudentT.InvCDF(0, 1, degrees, 1 - (alpha / 2)) * error;
        return new WelchTest(t, degrees, 2 * StudentT.CDF(0, 1, degrees, -Math.Abs(t)), new Interval(difference - half, difference + half));
    }
}
