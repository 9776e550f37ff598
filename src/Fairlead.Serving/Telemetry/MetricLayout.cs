namespace Fairlead.Serving.Telemetry;

/// <summary>Where each number of a server group lies in its block.</summary>
internal static class MetricLayout
{
    /// <summary>By the first digit of the status, 0 to 5.</summary>
    public const int Statuses = 0;
    public const int Shed = 6;
    public const int Overdue = 7;
    public const int Rows = 8;
    public const int BytesIn = 9;
    public const int BytesOut = 10;
    public const int LatencySum = 11;
    public const int QueueSum = 12;
    public const int InputSum = 13;
    public const int InferenceSum = 14;
    public const int OutputSum = 15;
    public const int FailedSum = 16;
    public const int Runs = 17;
    public const int RunRows = 18;
    public const int Latency = 20;
    public const int Queue = Latency + LatencyBuckets.Count;
    public const int Inference = Queue + LatencyBuckets.Count;

    /// <summary>Runs by their rows, from 1 to <see cref="LargestBatch"/>, and how long they took; larger ones are in the sums only.</summary>
    public const int Batches = Inference + LatencyBuckets.Count;
    public const int LargestBatch = 64;
    public const int BatchTimes = Batches + LargestBatch;

    /// <summary>By <see cref="Capturing.CaptureOmission"/>.</summary>
    public const int Omissions = BatchTimes + LargestBatch;
    public const int OmissionCount = 4;
    public const int Length = Omissions + OmissionCount;
}
