namespace Fairlead.Statistics.Canary.Scoring;

internal static class Rounding
{
    /// <summary>Two decimals, halves away from zero.</summary>
    public static double Score(double score) => double.IsFinite(score) && Math.Abs(score) < 1e12 ? (double)Math.Round((decimal)score, 2, MidpointRounding.AwayFromZero) : score;
}
