namespace Fairlead.Inference.Batching;

/// <summary>
/// About how long one request takes alone. Thread-safe; a lost update does not matter. It falls quickly and rises slowly, since a run that the
/// system interrupted looks slow and none looks quick by accident.
/// </summary>
internal sealed class RunCost
{
    /// <summary>What it costs about to hand a request over to a common run and its answer back.</summary>
    private static readonly long HandOver = TimeSpan.FromMicroseconds(20).Ticks;
    private static readonly long Step = TimeSpan.FromMicroseconds(1).Ticks;
    private long ticks;

    /// <summary>True when sharing a run saves less than handing over costs.</summary>
    public bool IsBelowHandOver => Volatile.Read(ref ticks) < HandOver;

    public void Add(TimeSpan run)
    {
        var known = Volatile.Read(ref ticks);
        var change = run.Ticks < known ? (run.Ticks - known) / 4 : Math.Min(run.Ticks - known, (known / 8) + Step);
        Volatile.Write(ref ticks, known + change);
    }
}
