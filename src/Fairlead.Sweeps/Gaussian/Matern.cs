namespace Fairlead.Sweeps.Gaussian;

/// <summary>The Matérn kernel with smoothness 5/2 and a scale for each parameter: as smooth as losses mostly are, and no smoother.</summary>
internal sealed class Matern
{
    private static readonly double Root5 = Math.Sqrt(5);
    private readonly double[] inverse;

    public Matern(KernelSettings settings, int[] groups)
    {
        Variance = Math.Exp(settings.LogVariance);
        inverse = [.. groups.Select(group => Math.Exp(-settings.LogScales[group]))];
    }

    public double Variance { get; }

    public double Of(double[] left, double[] right)
    {
        var squares = 0.0;
        for (var column = 0; column < inverse.Length; column++)
        {
            var difference = (left[column] - right[column]) * inverse[column];
            squares += difference * difference;
        }

        var distance = Root5 * Math.Sqrt(squares);
        return Variance * (1 + distance + (distance * distance / 3)) * Math.Exp(-distance);
    }

    /// <summary>Adds, for each scale, the derivative of the kernel by the scale's logarithm, times a weight.</summary>
    public void AddGradient(double[] left, double[] right, int[] groups, double weight, Span<double> gradient)
    {
        var squares = 0.0;
        Span<double> parts = stackalloc double[inverse.Length];
        for (var column = 0; column < inverse.Length; column++)
        {
            var difference = (left[column] - right[column]) * inverse[column];
            squares += parts[column] = difference * difference;
        }

        var distance = Root5 * Math.Sqrt(squares);
        var slope = weight * Variance * (5.0 / 3) * (1 + distance) * Math.Exp(-distance);
        for (var column = 0; column < inverse.Length; column++)
            gradient[groups[column]] += slope * parts[column];
    }
}
