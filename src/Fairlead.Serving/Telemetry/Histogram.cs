using Fairlead.Telemetry;

namespace Fairlead.Serving.Telemetry;

/// <summary>Durations as <see cref="LatencyBuckets"/> counts them, microseconds.</summary>
/// <param name="Buckets">How many fell into each.</param>
/// <param name="Sum">Of all durations.</param>
internal readonly record struct Histogram(ReadOnlyMemory<long> Buckets, long Sum)
{
    private const double MicrosecondsPerSecond = 1e6;

    public long Count
    {
        get
        {
            var count = 0L;
            foreach (var bucket in Buckets.Span)
                count += bucket;
            return count;
        }
    }

    /// <summary>How many were shorter than a power of two of microseconds.</summary>
    public long CountBelow(int power)
    {
        var count = 0L;
        foreach (var bucket in Buckets.Span[..Math.Min(Buckets.Length, LatencyBuckets.OfPower(power))])
            count += bucket;
        return count;
    }

    /// <summary>Writes the samples of it, in seconds.</summary>
    /// <param name="exemplar">The example of a bucket, by its power of two of microseconds; null when there are none.</param>
    public void Write(MetricsText text, string name, string labels, Func<int, Exemplar?>? exemplar)
    {
        for (var power = LatencyBuckets.FirstShown; power <= LatencyBuckets.LastShown; power++)
        {
            (string, double, DateTimeOffset)? example = exemplar?.Invoke(power) is { } found ? (found.TraceId, found.Microseconds / MicrosecondsPerSecond, found.At) : null;
            text.Bucket(name, labels, (1L << power) / MicrosecondsPerSecond, CountBelow(power), example);
        }

        text.Bucket(name, labels, double.PositiveInfinity, Count);
        text.Sample(name + "_sum", Sum / MicrosecondsPerSecond, labels);
        text.Sample(name + "_count", Count, labels);
    }

    /// <summary>The duration that so many of all were not longer than, to within an eighth; 0 when there are none.</summary>
    /// <param name="share">Above 0, up to 1.</param>
    public long Quantile(double share)
    {
        var rank = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var i = 0; i < Buckets.Length; i++)
        {
            seen += Buckets.Span[i];
            if (seen >= rank && seen > 0)
                return (LatencyBuckets.Start(i) + LatencyBuckets.Start(i + 1)) / 2;
        }

        return 0;
    }
}
