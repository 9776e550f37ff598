namespace Fairlead.Serving.Telemetry;

/// <summary>What one answered request adds to the numbers of its server group. Times are microseconds.</summary>
internal readonly ref struct Observation
{
    /// <summary>HTTP status of the answer, or the one that a gRPC status stands for.</summary>
    public required int Status { get; init; }

    public int Rows { get; init; }

    /// <summary>From arrival to hand-over to the socket.</summary>
    public required int Latency { get; init; }

    /// <summary>Waiting for a turn, for the model to wake, or for company in a batch.</summary>
    public int Queue { get; init; }

    /// <summary>Reading the request's tensors.</summary>
    public int Input { get; init; }

    /// <summary>In the model, or in the instance of a command service.</summary>
    public int Inference { get; init; }

    /// <summary>Writing the answer's tensors.</summary>
    public int Output { get; init; }

    public long BytesIn { get; init; }

    public long BytesOut { get; init; }

    /// <summary>16 bytes, or empty when the client traces nothing.</summary>
    public ReadOnlySpan<byte> TraceId { get; init; }
}
