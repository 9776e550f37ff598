using Fairlead.Statistics.Distributions;

namespace Fairlead.Statistics.Drift;

/// <summary>
/// The population stability index of two samples over the same cells. When both come from one distribution it is about (1/n + 1/m)·χ² with a degree of
/// freedom less than there are cells, so that what is much depends on how much was seen: a fixed limit cries wolf on small samples and sleeps on large ones.
/// </summary>
/// <param name="Value">Sum over the cells of (q − p)·ln(q/p), with half a row added to each cell so that empty ones count.</param>
/// <param name="Cells">That hold anything.</param>
/// <param name="Noise">1/n + 1/m.</param>
public readonly record struct StabilityIndex(double Value, int Cells, double Noise)
{
    private const double Added = 0.5;

    public double PValue => UpperTail.ChiSquared(Value / Noise, Cells - 1);

    /// <summary>What of the value is not expected without any drift; 0 at least.</summary>
    public double Excess => Math.Max(0, Value - (Noise * (Cells - 1)));

    /// <summary>The value that is exceeded without drift with a probability.</summary>
    public double Threshold(double probability) => Noise * UpperTail.ChiSquaredValue(probability, Cells - 1);

    public static StabilityIndex Of(ReadOnlySpan<long> reference, ReadOnlySpan<long> live)
    {
        var (n, m, cells) = (0.0, 0.0, 0);
        for (var i = 0; i < reference.Length; i++)
        {
            n += reference[i];
            m += live[i];
            cells += reference[i] + live[i] > 0 ? 1 : 0;
        }

        if (n == 0 || m == 0)
            return new StabilityIndex(0, 0, 1);
        var value = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            if (reference[i] + live[i] == 0)
                continue;
            var p = (reference[i] + Added) / (n + (Added * cells));
            var q = (live[i] + Added) / (m + (Added * cells));
            value += (q - p) * Math.Log(q / p);
        }

        return new StabilityIndex(value, cells, (1 / n) + (1 / m));
    }
}
