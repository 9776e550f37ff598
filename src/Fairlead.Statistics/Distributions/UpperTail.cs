using MathNet.Numerics;

namespace Fairlead.Statistics.Distributions;

/// <summary>Probabilities of values at least as extreme as an observed one, and the values that belong to them.</summary>
public static class UpperTail
{
    /// <summary>P(X ≥ x) of a chi-squared variable; 1 without degrees of freedom.</summary>
    public static double ChiSquared(double x, int degrees) =>
        degrees < 1 || x <= 0 ? 1 : Math.Clamp(SpecialFunctions.GammaUpperRegularized(degrees / 2.0, x / 2), 0, 1);

    /// <summary>The value that a chi-squared variable exceeds with a probability; 0 without degrees of freedom.</summary>
    /// <param name="probability">Above 0, below 1.</param>
    public static double ChiSquaredValue(double probability, int degrees) =>
        degrees < 1 ? 0 : MathNet.Numerics.Distributions.ChiSquared.InvCDF(degrees, 1 - probability);

    /// <summary>P(|Z| ≥ |z|) of a standard normal variable.</summary>
    public static double NormalTwoSided(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>P(Z ≥ z) of a standard normal variable.</summary>
    public static double Normal(double z) => SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2;
}
