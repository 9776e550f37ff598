namespace Fairlead.Bench.Load;

/// <summary>What one measurement of load counted.</summary>
/// <param name="Requests">Answered with success.</param>
internal sealed record LoadResult(long Requests, double RequestsPerSecond)
{
    /// <summary>Seconds; null where the load generator does not tell.</summary>
    public double? P50 { get; init; }

    /// <summary>Seconds of processor time that the host took; null for whatever is no host.</summary>
    public double? Processor { get; init; }

    /// <summary>The same of its control plane, until it had compacted what was captured.</summary>
    public double? Control { get; init; }
}
