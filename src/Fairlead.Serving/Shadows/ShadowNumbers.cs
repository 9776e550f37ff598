using Fairlead.Serving.Telemetry;

namespace Fairlead.Serving.Shadows;

/// <summary>How a shadow's answers compare with those that clients got. Threads may count at once.</summary>
internal sealed class ShadowNumbers
{
    /// <summary>Upper bounds of the histogram of differences, inclusive.</summary>
    public static readonly IReadOnlyList<double> Bounds = [0, 1e-9, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000];
    private readonly long[] dropped = new long[Enum.GetValues<ShadowDrop>().Length];
    private readonly long[] differences = new long[Bounds.Count + 1];
    private readonly long[] durations = new long[LatencyBuckets.Count];
    private readonly Lock gate = new();
    private long durationSum;
    private long agreed;
    private long differed;
    private long failed;
    private double differenceSum;

    public void CountDropped(ShadowDrop reason) => Interlocked.Increment(ref dropped[(int)reason]);

    /// <summary>The shadow had no answer.</summary>
    public void CountFailed() => Interlocked.Increment(ref failed);

    public void Count(in Comparison comparison)
    {
        Interlocked.Increment(ref comparison.Agrees ? ref agreed : ref differed);
        if (comparison.Largest is not { } largest)
            return;
        var at = 0;
        while (at < Bounds.Count && !(largest <= Bounds[at]))
            at++;
        Interlocked.Increment(ref differences[at]);

        // One that has no size would make the sum useless for good.
        if (!double.IsFinite(largest))
            return;
        lock (gate)
            differenceSum += largest;
    }

    /// <param name="microseconds">From when the shadow began until it had an answer or none.</param>
    public void CountDuration(int microseconds)
    {
        Interlocked.Increment(ref durations[LatencyBuckets.Of(microseconds)]);
        Interlocked.Add(ref durationSum, microseconds);
    }

    public ShadowSnapshot Snapshot() => new()
    {
        Agreed = Interlocked.Read(ref agreed),
        Differed = Interlocked.Read(ref differed),
        Failed = Interlocked.Read(ref failed),
        Dropped = [.. dropped],
        Differences = [.. differences],
        DifferenceSum = Volatile.Read(ref differenceSum),
        Durations = new Histogram(durations.ToArray(), Interlocked.Read(ref durationSum)),
    };
}
