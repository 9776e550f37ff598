namespace Fairlead.Sweeps.Searching;

/// <summary>
/// Losses as a process likes them: about 0, with a deviation of about 1, and those that are very bad not so far away that everything good looks the same beside them.
/// </summary>
internal sealed class LossScale
{
    private readonly double median;
    private readonly double spread;
    private readonly double mean;
    private readonly double deviation;

    /// <param name="losses">At least one.</param>
    public LossScale(IReadOnlyList<double> losses)
    {
        var sorted = losses.Order().ToArray();
        median = sorted[(sorted.Length - 1) / 2];
        // Between the best and the middle lies what matters.
        spread = median - sorted[sorted.Length / 10];
        if (!(spread > 0))
            spread = sorted[^1] - sorted[0];
        if (!(spread > 0) || !double.IsFinite(spread))
            spread = 1;
        var bent = sorted.Select(Bend).ToArray();
        mean = bent.Average();
        deviation = Math.Sqrt(bent.Average(value => (value - mean) * (value - mean)));
        if (!(deviation > 1e-12))
            deviation = 1;
        Worst = (bent[^1] - mean) / deviation;
    }

    public double Worst { get; }

    public double Middle => 0;

    public double Of(double loss) => (Bend(loss) - mean) / deviation;

    /// <summary>Straight below the median, logarithmic above.</summary>
    private double Bend(double loss)
    {
        var place = (loss / spread) - (median / spread);
        return place <= 0 ? place : Math.Log(1 + place);
    }
}
