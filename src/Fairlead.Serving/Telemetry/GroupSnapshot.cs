using Fairlead.Serving.Capturing;

namespace Fairlead.Serving.Telemetry;

/// <summary>The numbers of a server group at one moment. Times are microseconds.</summary>
internal sealed class GroupSnapshot(long[] counts, Exemplar?[] exemplars, long lastMilliseconds)
{
    /// <summary>Requests that were answered, whatever the status; those that were shed are not among them.</summary>
    public long Requests => Read(MetricLayout.Latency).Count;

    public long Succeeded => counts[MetricLayout.Statuses + 1] + counts[MetricLayout.Statuses + 2] + counts[MetricLayout.Statuses + 3];

    public long Failed => Requests - Succeeded;

    public long Shed => counts[MetricLayout.Shed];

    /// <summary>Requests whose deadline was over before they had an answer.</summary>
    public long Overdue => counts[MetricLayout.Overdue];

    public long Rows => counts[MetricLayout.Rows];

    public long BytesIn => counts[MetricLayout.BytesIn];

    public long BytesOut => counts[MetricLayout.BytesOut];

    /// <summary>Calls of the model.</summary>
    public long Runs => counts[MetricLayout.Runs];

    /// <summary>Rows in all of those calls.</summary>
    public long RunRows => counts[MetricLayout.RunRows];

    public long InputSum => counts[MetricLayout.InputSum];

    public long OutputSum => counts[MetricLayout.OutputSum];

    /// <summary>Latency of the requests that failed, in all.</summary>
    public long FailedSum => counts[MetricLayout.FailedSum];

    /// <summary>When the last request was answered, milliseconds since 1970-01-01 UTC; 0 before the first.</summary>
    public long LastMilliseconds => lastMilliseconds;

    public Histogram Latency => Read(MetricLayout.Latency, MetricLayout.LatencySum);

    public Histogram Queue => Read(MetricLayout.Queue, MetricLayout.QueueSum);

    public Histogram Inference => Read(MetricLayout.Inference, MetricLayout.InferenceSum);

    /// <summary>Runs over so many rows, and how long they took in all.</summary>
    /// <param name="rows">1 to <see cref="MetricLayout.LargestBatch"/>.</param>
    public (long Runs, long Sum) OfBatch(int rows) => (counts[MetricLayout.Batches + rows - 1], counts[MetricLayout.BatchTimes + rows - 1]);

    /// <summary>Requests answered with a status of that hundred.</summary>
    /// <param name="hundred">1 to 5.</param>
    public long OfStatus(int hundred) => counts[MetricLayout.Statuses + hundred];

    /// <summary>The last traced request whose latency was below that power of two of microseconds and not below the one before.</summary>
    public Exemplar? ExemplarBelow(int power) => exemplars[power];

    /// <summary>Requests, or parts of them, that are not in the capture log.</summary>
    public long Omitted(CaptureOmission reason) => counts[MetricLayout.Omissions + (int)reason];

    private Histogram Read(int at, int sumAt = MetricLayout.LatencySum) => new(counts.AsMemory(at, LatencyBuckets.Count), counts[sumAt]);
}
