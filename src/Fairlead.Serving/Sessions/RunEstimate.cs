namespace Fairlead.Serving.Sessions;

/// <summary>
/// How long the runs of a session take, as those before tell: whether a run may take place on an event loop. A single long run among short ones changes nothing, since most often
/// the processor was given to others in the middle of it; a second one close to it does. Written by many threads without a lock: a sample that is lost among others is none worth waiting for.
/// </summary>
internal sealed class RunEstimate
{
    /// <summary>A run that may take longer is nothing for an event loop, whose other connections wait meanwhile.</summary>
    private const double LoopMicroseconds = 250;

    /// <summary>Runs that take longer are nothing for the thread that reads a connection with many requests: other threads answer those meanwhile, and to hand one over costs 5 to 10 µs.</summary>
    private const double ConnectionMicroseconds = 50;

    // Rises fast and falls slowly, but not over the bound by one sample.
    private readonly BoundedMean longest = new(LoopMicroseconds, most: 1.6, rise: 1.0 / 2, fall: 1.0 / 16);
    private readonly BoundedMean usual = new(ConnectionMicroseconds, most: 4, rise: 1.0 / 16, fall: 1.0 / 16);

    public void Note(int rows, int microseconds)
    {
        longest.Note(rows, microseconds);
        usual.Note(rows, microseconds);
    }

    /// <summary>False also when nothing is known yet.</summary>
    /// <param name="isShared">Requests of the same connection wait as well.</param>
    public bool IsShort(int rows, bool isShared) => longest.IsWithin(rows) && (!isShared || usual.IsWithin(rows));
}
