using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Fairlead.Sweeps.Gaussian;

/// <summary>
/// Finds the settings under which the values are most likely, with a word for what is usual (scales that grow with the number of parameters, little noise), so
/// that few values do not lead to extremes.
/// </summary>
internal sealed class ProcessFit
{
    /// <summary>With more values each look takes long, and where it leads is plainer.</summary>
    private const int ManyValues = 90;
    private const int Iterations = 50;
    private const int IterationsOfMany = 20;
    private const double Tolerance = 1e-5;

    /// <summary>Mean and deviation of the logarithms that are usual.</summary>
    private static readonly (double Mean, double Deviation) UsualVariance = (0, 1);
    private static readonly (double Mean, double Deviation) UsualNoise = (Math.Log(1e-4), 3);
    private const double ScaleDeviation = 1.7;
    private readonly Observations observations;
    private readonly double usualScale;
    private double bestScore = double.NegativeInfinity;
    private GaussianProcess? best;

    private ProcessFit(Observations observations)
    {
        this.observations = observations;
        usualScale = Math.Log(0.6) + (0.5 * Math.Log(Math.Max(1, observations.Scales)));
    }

    /// <param name="scores">Told of every improvement, for who wants to follow.</param>
    public static GaussianProcess Find(Observations observations, Action<double>? scores = null)
    {
        var fit = new ProcessFit(observations);
        foreach (var start in fit.Starts().Take(fit.HasMany ? 1 : int.MaxValue))
            fit.Climb(start, scores);
        return fit.best ?? throw new InvalidOperationException("No start of the fit has a likelihood.");
    }

    private bool HasMany => observations.Count > ManyValues;

    private IEnumerable<double[]> Starts()
    {
        yield return Start(usualScale, UsualNoise.Mean);
        yield return Start(usualScale - 1.2, UsualNoise.Mean);
        // All may be noise.
        yield return Start(usualScale, Math.Log(0.1));
    }

    private double[] Start(double scale, double noise) => [.. Enumerable.Repeat(scale, observations.Scales), 0, noise];

    private void Climb(double[] start, Action<double>? scores)
    {
        var (low, high) = Bounds();
        var objective = ObjectiveFunction.Gradient(settings => Evaluate(settings, scores));
        try
        {
            new BfgsBMinimizer(Tolerance, Tolerance, Tolerance, HasMany ? IterationsOfMany : Iterations).FindMinimum(objective, low, high, Vector<double>.Build.Dense(start));
        }
        catch (Exception e) when (e is OptimizationException or ArgumentException or ArithmeticException)
        {
            // It gave up on the way; the best that it saw counts.
        }
    }

    private (double Score, Vector<double> Gradient) Evaluate(Vector<double> settings, Action<double>? scores)
    {
        var process = new GaussianProcess(observations, KernelSettings.Of([.. settings]));
        var gradient = process.Gradient();
        var score = process.LogLikelihood;
        for (var i = 0; i < gradient.Length; i++)
        {
            var (mean, deviation) = Usual(i);
            var distance = (settings[i] - mean) / deviation;
            score -= 0.5 * distance * distance;
            gradient[i] -= distance / deviation;
        }

        if (score > bestScore)
        {
            (bestScore, best) = (score, process);
            scores?.Invoke(score);
        }

        return (-score, -Vector<double>.Build.Dense(gradient));
    }

    private (double Mean, double Deviation) Usual(int index) =>
        index < observations.Scales ? (usualScale, ScaleDeviation) : index == observations.Scales ? UsualVariance : UsualNoise;

    private (Vector<double> Low, Vector<double> High) Bounds() => (
        Vector<double>.Build.Dense([.. Enumerable.Repeat(Math.Log(0.02), observations.Scales), Math.Log(0.05), Math.Log(1e-8)]),
        Vector<double>.Build.Dense([.. Enumerable.Repeat(Math.Log(50), observations.Scales), Math.Log(50), Math.Log(2)]));
}
