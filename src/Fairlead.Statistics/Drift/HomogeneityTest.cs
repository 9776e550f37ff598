using Fairlead.Statistics.Distributions;

namespace Fairlead.Statistics.Drift;

/// <summary>Pearson's chi-squared test that two samples have the same shares. Cells in which fewer than five rows are expected are pooled into one.</summary>
/// <param name="Degrees">Of freedom; 0 when a single cell is left and there is nothing to test.</param>
public readonly record struct HomogeneityTest(double Statistic, int Degrees, double PValue)
{
    private const double LeastExpected = 5;

    public static HomogeneityTest Of(ReadOnlySpan<long> reference, ReadOnlySpan<long> live)
    {
        var (n, m) = (0L, 0L);
        for (var i = 0; i < reference.Length; i++)
        {
            n += reference[i];
            m += live[i];
        }

        if (n == 0 || m == 0)
            return new HomogeneityTest(0, 0, 1);
        var smaller = (double)Math.Min(n, m) / (n + m);
        var (statistic, cells, restReference, restLive) = (0.0, 0, 0L, 0L);
        for (var i = 0; i < reference.Length; i++)
        {
            if ((reference[i] + live[i]) * smaller >= LeastExpected)
            {
                statistic += Cell(reference[i], live[i], n, m);
                cells++;
            }
            else
            {
                restReference += reference[i];
                restLive += live[i];
            }
        }

        // What is too rare even together says nothing, but it stays out of the others' way.
        if ((restReference + restLive) * smaller >= LeastExpected)
        {
            statistic += Cell(restReference, restLive, n, m);
            cells++;
        }

        var degrees = Math.Max(0, cells - 1);
        return new HomogeneityTest(statistic, degrees, UpperTail.ChiSquared(statistic, degrees));
    }

    private static double Cell(long reference, long live, long n, long m)
    {
        var share = (double)(reference + live) / (n + m);
        var (atReference, atLive) = (reference - (share * n), live - (share * m));
        return (atReference * atReference / (share * n)) + (atLive * atLive / (share * m));
    }
}
