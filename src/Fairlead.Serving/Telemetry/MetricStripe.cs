namespace Fairlead.Serving.Telemetry;

/// <summary>The numbers that the requests of one processor add to, so that processors do not fight for a cache line.</summary>
internal sealed class MetricStripe
{
    private readonly long[] counts = new long[MetricLayout.Length];

    public void Add(int index, long value)
    {
        if (value != 0)
            Interlocked.Add(ref counts[index], value);
    }

    public void AddTo(Span<long> sum)
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += Interlocked.Read(ref counts[i]);
    }
}
