using System.Collections.Concurrent;
using Fairlead.Statistics.Distributions;
using MathNet.Numerics.Distributions;

namespace Fairlead.Statistics.Canary.Planning;

/// <summary>
/// Spreads a level over looks, after Lan and DeMets with the spending that resembles O'Brien and Fleming's: hardly anything early, nearly all at the end. Looks at
/// growing data are dependent, which is used; where windows slide, or looks are very many, each look gets what it spends and no more, which holds for any looks.
/// </summary>
internal static class AlphaSpending
{
    private const int MostExactLooks = 100;
    private const int StepsByDeviation = 6;
    private const int Halvings = 60;
    private const int MostKnown = 100;

    /// <summary>Spending below it is none: its boundary lies where the density is rounding error.</summary>
    private const double LeastSpent = 1e-12;

    /// <summary>Levels by look: they depend on the plan alone, and each judgement of a canary asks for the same.</summary>
    private static readonly ConcurrentDictionary<(int Looks, double Level), double[]> Known = new();

    /// <summary>The two-sided level of one look.</summary>
    /// <param name="look">From 1.</param>
    /// <param name="level">Of all looks together, two-sided.</param>
    /// <param name="areIndependent">True when looks do not grow out of the first.</param>
    public static double LevelAt(int look, int looks, double level, bool areIndependent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(look, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(look, looks);
        if (looks == 1)
            return level;
        if (areIndependent || looks > MostExactLooks)
            return SpentAt(look, looks, level);
        if (Known.Count >= MostKnown)
            Known.Clear();
        return Known.GetOrAdd((looks, level), static plan => Exact(plan.Looks, plan.Level))[look - 1];
    }

    private static double SpentAt(int look, int looks, double level) => Spent((double)look / looks, level) - Spent((look - 1.0) / looks, level);

    /// <summary>Each side spends half of the level.</summary>
    private static double Spent(double time, double level) => time <= 0 ? 0 : 4 * UpperTail.Normal(-Normal.InvCDF(0, 1, level / 4) / Math.Sqrt(time));

    /// <summary>
    /// Follows the density of a Brownian motion that no look has stopped yet, on a grid; at each look the boundary is where the probability of crossing it is what the look spends.
    /// </summary>
    private static double[] Exact(int looks, double level)
    {
        var deviation = Math.Sqrt(1.0 / looks);
        var step = deviation / StepsByDeviation;
        var most = -Normal.InvCDF(0, 1, LeastSpent);
        var levels = new double[looks];
        double[] density = [1 / step];
        var middle = 0;
        for (var look = 1; look <= looks; look++)
        {
            var spent = SpentAt(look, looks, level);
            var scale = Math.Sqrt((double)look / looks);
            var isSpent = spent > LeastSpent;
            var boundary = isSpent ? Boundary(density, middle, step, deviation, spent, most * scale) : most * scale;
            levels[look - 1] = isSpent ? UpperTail.NormalTwoSided(boundary / scale) : 0;
            (density, middle) = Next(density, middle, step, deviation, boundary);
        }

        return levels;
    }

    private static double Boundary(double[] density, int middle, double step, double deviation, double spent, double widest)
    {
        var (low, high) = (0.0, widest);
        for (var i = 0; i < Halvings; i++)
        {
            var boundary = (low + high) / 2;
            var crossing = 0.0;
            for (var j = 0; j < density.Length; j++)
                crossing += density[j] * UpperTail.Normal((boundary - ((j - middle) * step)) / deviation);
            if (2 * crossing * step > spent)
                low = boundary;
            else
                high = boundary;
        }

        return high;
    }

    /// <summary>The density one step later within the boundary; at the edge a cell counts by the part of it that lies within.</summary>
    private static (double[] Density, int Middle) Next(double[] density, int middle, double step, double deviation, double boundary)
    {
        var half = (int)Math.Floor((boundary / step) + 0.5);
        var edge = (boundary / step) + 0.5 - half;
        var next = new double[(2 * half) + 1];
        for (var i = 0; i < next.Length; i++)
        {
            var at = (i - half) * step;
            var sum = 0.0;
            for (var j = 0; j < density.Length; j++)
            {
                var z = (at - ((j - middle) * step)) / deviation;
                sum += density[j] * Math.Exp(-z * z / 2);
            }

            next[i] = sum * step / (deviation * Math.Sqrt(2 * Math.PI)) * (i == 0 || i == next.Length - 1 ? edge : 1);
        }

        return (next, half);
    }
}
