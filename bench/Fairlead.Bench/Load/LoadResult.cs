namespace Fairlead.Bench.Load;

/// <summary>What one measurement of load counted.</summary>
/// <param name="Requests">Answered with success.</param>
/// <param name="P50">Seconds.</param>
/// <param name="P99">Seconds.</param>
internal sealed record LoadResult(long Requests, double RequestsPerSecond, double P50, double P99);
