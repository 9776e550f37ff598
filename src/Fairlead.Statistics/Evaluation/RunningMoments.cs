namespace Fairlead.Statistics.Evaluation;

/// <summary>Mean and variance of values that come one after the other (Welford).</summary>
internal struct RunningMoments
{
    private double mean;
    private double squares;

    public int Count { get; private set; }

    /// <summary>NaN without values.</summary>
    public readonly double Mean => Count == 0 ? double.NaN : mean;

    /// <summary>Of a sample; NaN for fewer than two values.</summary>
    public readonly double Variance => Count < 2 ? double.NaN : squares / (Count - 1);

    public void Add(double value)
    {
        Count++;
        var before = value - mean;
        mean += before / Count;
        squares += before * (value - mean);
    }
}
