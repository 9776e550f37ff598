namespace Fairlead.Serving.Telemetry;

/// <summary>One request that fell into a bucket, so that a number leads to a trace.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="Microseconds">Its latency.</param>
/// <param name="At">When it was answered.</param>
internal sealed record Exemplar(string TraceId, int Microseconds, DateTimeOffset At);
