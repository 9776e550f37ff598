using Fairlead.Serving.Capturing;
using Fairlead.Serving.Telemetry.Export;

namespace Fairlead.Serving.Telemetry;

/// <summary>What one server group has done since this host took it up. Observing takes no lock and allocates nothing but the exemplar of a traced request.</summary>
/// <param name="instruments">What an exporter reads; null when nothing is exported.</param>
internal sealed class GroupMetrics(TimeProvider time, GroupInstruments? instruments = null)
{
    private const int MostStripes = 16;
    private static readonly TimeSpan ExemplarInterval = TimeSpan.FromSeconds(1);
    private readonly MetricStripe?[] stripes = new MetricStripe?[Math.Min(MostStripes, Environment.ProcessorCount)];
    private readonly Exemplar?[] exemplars = new Exemplar?[LatencyBuckets.LastShown + 1];
    private long lastMilliseconds;

    public void Observe(in Observation request)
    {
        var stripe = Stripe();
        stripe.Add(MetricLayout.Statuses + Math.Clamp(request.Status / 100, 0, 5), 1);
        stripe.Add(MetricLayout.Rows, request.Rows);
        stripe.Add(MetricLayout.BytesIn, request.BytesIn);
        stripe.Add(MetricLayout.BytesOut, request.BytesOut);
        stripe.Add(MetricLayout.LatencySum, request.Latency);
        stripe.Add(MetricLayout.Latency + LatencyBuckets.Of(request.Latency), 1);
        stripe.Add(MetricLayout.Queue + LatencyBuckets.Of(request.Queue), 1);
        stripe.Add(MetricLayout.QueueSum, request.Queue);
        stripe.Add(MetricLayout.InputSum, request.Input);
        stripe.Add(MetricLayout.Inference + LatencyBuckets.Of(request.Inference), 1);
        stripe.Add(MetricLayout.InferenceSum, request.Inference);
        stripe.Add(MetricLayout.OutputSum, request.Output);
        if (request.Status >= 400)
            stripe.Add(MetricLayout.FailedSum, request.Latency);
        if (request.Status == 504)
            stripe.Add(MetricLayout.Overdue, 1);
        if (!request.TraceId.IsEmpty)
            Keep(request.TraceId, request.Latency);
        instruments?.Record(request);
    }

    /// <summary>Counts a request that was refused since there was no room for it.</summary>
    public void CountShed() => Stripe().Add(MetricLayout.Shed, 1);

    /// <summary>Counts what is not in the capture log.</summary>
    public void CountOmission(CaptureOmission reason) => Stripe().Add(MetricLayout.Omissions + (int)reason, 1);

    /// <summary>Counts one call of the model, over the rows of one request or of several.</summary>
    /// <param name="microseconds">How long it took.</param>
    public void CountRun(int rows, int microseconds)
    {
        var stripe = Stripe();
        if (rows is > 0 and <= MetricLayout.LargestBatch)
        {
            stripe.Add(MetricLayout.Batches + rows - 1, 1);
            stripe.Add(MetricLayout.BatchTimes + rows - 1, microseconds);
        }

        stripe.Add(MetricLayout.Runs, 1);
        stripe.Add(MetricLayout.RunRows, rows);
    }

    /// <summary>Notes when the last request was answered, milliseconds since 1970-01-01 UTC.</summary>
    public void MarkAnswered(long milliseconds) => Volatile.Write(ref lastMilliseconds, milliseconds);

    public GroupSnapshot Snapshot()
    {
        var sum = new long[MetricLayout.Length];
        foreach (var stripe in stripes)
            stripe?.AddTo(sum);
        return new GroupSnapshot(sum, [.. exemplars], Volatile.Read(ref lastMilliseconds));
    }

    private MetricStripe Stripe()
    {
        ref var stripe = ref stripes[Thread.GetCurrentProcessorId() % stripes.Length];
        return stripe ?? Interlocked.CompareExchange(ref stripe, new MetricStripe(), null) ?? stripe;
    }

    /// <summary>At most one a second for each bucket: an example is enough.</summary>
    private void Keep(ReadOnlySpan<byte> traceId, int latency)
    {
        var power = Math.Clamp(latency <= 1 ? 0 : System.Numerics.BitOperations.Log2((uint)latency) + 1, LatencyBuckets.FirstShown, LatencyBuckets.LastShown);
        ref var place = ref exemplars[power];
        var now = time.GetUtcNow();
        if (place is { } known && (now - known.At).Duration() < ExemplarInterval)
            return;
        Volatile.Write(ref place, new Exemplar(Convert.ToHexStringLower(traceId), latency, now));
    }
}
