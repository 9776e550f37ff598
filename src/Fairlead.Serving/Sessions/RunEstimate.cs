namespace Fairlead.Serving.Sessions;

/// <summary>
/// How long the runs of a session take, as those before tell. It rises fast and falls slowly. Written by many threads without a lock: a
/// sample that is lost among others is none worth waiting for.
/// </summary>
internal sealed class RunEstimate
{
    /// <summary>A run that may take longer is nothing for an event loop, whose other connections wait meanwhile.</summary>
    private const double ShortMicroseconds = 250;
    private const double Rise = 1.0 / 2;
    private const double Fall = 1.0 / 16;
    private double ofRun = double.NaN;
    private double ofRow = double.NaN;

    public void Note(int rows, int microseconds)
    {
        ofRun = Mean(Volatile.Read(ref ofRun), microseconds);
        ofRow = Mean(Volatile.Read(ref ofRow), microseconds / (double)Math.Max(1, rows));
    }

    /// <summary>False also when nothing is known yet.</summary>
    public bool IsShort(int rows) => Volatile.Read(ref ofRun) <= ShortMicroseconds && Volatile.Read(ref ofRow) * rows <= ShortMicroseconds;

    private static double Mean(double before, double sample) =>
        double.IsNaN(before) ? sample : before + ((sample - before) * (sample > before ? Rise : Fall));
}
