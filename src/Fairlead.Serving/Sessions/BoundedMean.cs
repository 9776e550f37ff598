namespace Fairlead.Serving.Sessions;

/// <summary>A running mean of what runs and rows take, held against a bound. What is far beyond the bound counts as a little beyond it.</summary>
/// <param name="bound">Microseconds.</param>
/// <param name="most">What a sample counts at most, as a multiple of the bound.</param>
/// <param name="rise">The share of a sample above the mean.</param>
/// <param name="fall">The share of a sample below the mean.</param>
internal sealed class BoundedMean(double bound, double most, double rise, double fall)
{
    private readonly double most = most * bound;
    private double ofRun = double.NaN;
    private double ofRow = double.NaN;

    public void Note(int rows, int microseconds)
    {
        ofRun = Mean(Volatile.Read(ref ofRun), Math.Min(microseconds, most));
        ofRow = Mean(Volatile.Read(ref ofRow), Math.Min(microseconds / (double)Math.Max(1, rows), most));
    }

    /// <summary>Whether a run of so many rows is expected to keep to the bound; false also when nothing is known yet.</summary>
    public bool IsWithin(int rows) => Volatile.Read(ref ofRun) <= bound && Volatile.Read(ref ofRow) * rows <= bound;

    private double Mean(double before, double sample) =>
        double.IsNaN(before) ? sample : before + ((sample - before) * (sample > before ? rise : fall));
}
