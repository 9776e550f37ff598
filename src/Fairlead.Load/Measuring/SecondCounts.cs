using Fairlead.Load.Sending;

namespace Fairlead.Load.Measuring;

/// <summary>Counts of one second.</summary>
internal sealed class SecondCounts
{
    private readonly LatencyHistogram latencies = new();
    private long succeeded;
    private long failed;

    public long Sent { get; set; }

    /// <param name="nanoseconds">Null when the end tells no latency.</param>
    public void End(LoadOutcome outcome, long? nanoseconds)
    {
        if (outcome == LoadOutcome.Succeeded)
            succeeded++;
        else
            failed++;
        if (nanoseconds is { } latency)
            latencies.Record(latency);
    }

    /// <summary>Without what was due, which is counted apart.</summary>
    public LoadSecond Summarize(int second) => new(second, 0, Sent, succeeded, failed, latencies.Quantile(0.5) / 1e9, latencies.Quantile(0.99) / 1e9);

    public void Clear()
    {
        latencies.Clear();
        succeeded = 0;
        failed = 0;
        Sent = 0;
    }
}
