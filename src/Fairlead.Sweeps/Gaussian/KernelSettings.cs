namespace Fairlead.Sweeps.Gaussian;

/// <summary>Hyperparameters of a process, as logarithms so that none can be negative.</summary>
/// <param name="LogScales">How far one has to go along a group of columns before values have little in common.</param>
/// <param name="LogVariance">Of the values about their mean.</param>
/// <param name="LogNoise">Variance of a value measured again at the same point.</param>
internal sealed record KernelSettings(IReadOnlyList<double> LogScales, double LogVariance, double LogNoise)
{
    /// <summary>Scales first, then variance, then noise.</summary>
    public double[] ToArray() => [.. LogScales, LogVariance, LogNoise];

    public static KernelSettings Of(IReadOnlyList<double> values) => new([.. values.Take(values.Count - 2)], values[^2], values[^1]);
}
