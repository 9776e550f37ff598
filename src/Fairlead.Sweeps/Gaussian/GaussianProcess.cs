using MathNet.Numerics.LinearAlgebra;

namespace Fairlead.Sweeps.Gaussian;

/// <summary>What is known of a function from values at some points, with its uncertainty everywhere: a process with mean 0, a Matérn kernel and noise.</summary>
internal sealed class GaussianProcess
{
    /// <summary>Keeps a matrix of points that nearly coincide from being singular.</summary>
    private const double Jitter = 1e-10;

    private readonly Observations observations;
    private readonly Matern kernel;
    private readonly double noise;
    private readonly double[] weights;
    private readonly double[] inverse;

    /// <exception cref="ArgumentException">The kernel's matrix is not positive definite, as it is when points coincide and there is no noise.</exception>
    public GaussianProcess(Observations observations, KernelSettings settings)
    {
        this.observations = observations;
        Settings = settings;
        kernel = new Matern(settings, observations.Groups);
        noise = Math.Exp(settings.LogNoise);
        var cholesky = KernelMatrix().Cholesky();
        var values = Vector<double>.Build.Dense(observations.Values);
        var solved = cholesky.Solve(values);
        weights = solved.AsArray();
        // Row by row or column by column is the same: it is symmetric.
        inverse = cholesky.Solve(Matrix<double>.Build.DenseIdentity(observations.Count)).ToColumnMajorArray();
        LogLikelihood = (-0.5 * values.DotProduct(solved)) - (0.5 * cholesky.DeterminantLn) - (0.5 * observations.Count * Math.Log(2 * Math.PI));
    }

    public KernelSettings Settings { get; }

    /// <summary>Logarithm of the marginal likelihood of the values.</summary>
    public double LogLikelihood { get; }

    /// <summary>Mean and variance of the function itself, without the noise of measuring it.</summary>
    public (double Mean, double Variance) Predict(double[] point)
    {
        var count = observations.Count;
        Span<double> covariances = count <= 512 ? stackalloc double[count] : new double[count];
        var mean = 0.0;
        for (var i = 0; i < count; i++)
        {
            covariances[i] = kernel.Of(point, observations.Points[i]);
            mean += covariances[i] * weights[i];
        }

        var explained = 0.0;
        for (var i = 0; i < count; i++)
        {
            explained += covariances[i] * Dot(inverse.AsSpan(i * count, count), covariances);
        }

        return (mean, Math.Max(0, kernel.Variance - explained));
    }

    /// <summary>Derivatives of <see cref="LogLikelihood"/> by the logarithms of the settings, in the order of <see cref="KernelSettings.ToArray"/>.</summary>
    public double[] Gradient()
    {
        var count = observations.Count;
        var scales = observations.Scales;
        var gradient = new double[scales + 2];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                // Half the trace of (w wᵀ - K⁻¹) dK: what is beside the diagonal counts twice.
                var weight = ((weights[i] * weights[j]) - inverse[(i * count) + j]) * (i == j ? 0.5 : 1);
                kernel.AddGradient(observations.Points[i], observations.Points[j], observations.Groups, weight, gradient.AsSpan(0, scales));
                gradient[scales] += weight * kernel.Of(observations.Points[i], observations.Points[j]);
                if (i == j)
                    gradient[scales + 1] += weight * noise;
            }
        }

        return gradient;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private Matrix<double> KernelMatrix()
    {
        var count = observations.Count;
        var matrix = Matrix<double>.Build.Dense(count, count);
        for (var i = 0; i < count; i++)
        {
            matrix[i, i] = kernel.Variance + noise + Jitter;
            for (var j = 0; j < i; j++)
                matrix[i, j] = matrix[j, i] = kernel.Of(observations.Points[i], observations.Points[j]);
        }

        return matrix;
    }
}
