using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Fairlead.Statistics.Canary.Ranks;

/// <summary>Shares of points that are not zero on both sides, compared exactly.</summary>
/// <param name="Hits">Points of the experiment that are not zero.</param>
/// <param name="Points">Points of the experiment.</param>
/// <param name="ControlHits">Of the control.</param>
/// <param name="ControlPoints">Of the control.</param>
internal readonly record struct ShareComparison(int Hits, int Points, int ControlHits, int ControlPoints)
{
    private const double Power = 0.8;

    public double Share => (double)Hits / Points;

    public double ControlShare => (double)ControlHits / ControlPoints;

    /// <summary>Fisher's exact probability of as many hits in the experiment, or more, when both sides are alike.</summary>
    public double PValueHigh => Tail(Hits, Math.Min(Points, Hits + ControlHits));

    /// <summary>The same of as few, or fewer.</summary>
    public double PValueLow => Tail(Math.Max(0, Hits + ControlHits - ControlPoints), Hits);

    /// <summary>Newcombe's interval of the difference of the shares, from Wilson's of each.</summary>
    /// <param name="level">Two-sided.</param>
    public (double Low, double High) Interval(double level)
    {
        var z = -Normal.InvCDF(0, 1, Math.Max(level / 2, double.Epsilon));
        var ((low, high), (controlLow, controlHigh)) = (Wilson(Hits, Points, z), Wilson(ControlHits, ControlPoints, z));
        var difference = Share - ControlShare;
        return (difference - Math.Sqrt(Square(Share - low) + Square(controlHigh - ControlShare)), difference + Math.Sqrt(Square(high - Share) + Square(ControlShare - controlLow)));
    }

    /// <summary>The least rise of the share that is found in four of five cases at a one-sided level, the control being as it is; null when none is.</summary>
    public double? Detectable(double level)
    {
        if (level <= 0)
            return null;
        var (low, high) = (ControlHits, Points + 1);
        var comparison = this;
        // Fewer hits are never more significant.
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (middle <= comparison.Points && (comparison with { Hits = middle }).PValueHigh <= level)
                high = middle;
            else
                low = middle + 1;
        }

        if (low > Points)
            return null;
        var share = ShareThatGives(low);
        return share > ControlShare ? share - ControlShare : null;
    }

    /// <summary>The share at which at least that many hits come with a probability of 80 %.</summary>
    private double ShareThatGives(int hits) => hits <= 0 ? 0 : Beta.InvCDF(hits, Points - hits + 1.0, Power);

    private double Tail(int from, int to)
    {
        var sum = 0.0;
        for (var hits = from; hits <= to; hits++)
            sum += Math.Exp(LogChoose(Points, hits) + LogChoose(ControlPoints, Hits + ControlHits - hits) - LogChoose(Points + ControlPoints, Hits + ControlHits));
        return Math.Min(1, sum);
    }

    private static double LogChoose(int n, int k) => SpecialFunctions.BinomialLn(n, k);

    private static (double Low, double High) Wilson(double hits, double points, double z)
    {
        var (share, weight) = (hits / points, z * z / points);
        var centre = (share + (weight / 2)) / (1 + weight);
        var half = z / (1 + weight) * Math.Sqrt((share * (1 - share) / points) + (weight / (4 * points)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    private static double Square(double value) => value * value;
}
