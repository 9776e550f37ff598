namespace Fairlead.Load.Measuring;

/// <summary>What happened in one second of the run, warm-up included.</summary>
/// <param name="Second">From 0, the begin of the warm-up.</param>
/// <param name="Due">Requests that the profile wanted sent.</param>
/// <param name="Sent">Requests that were sent.</param>
/// <param name="Succeeded">Answers with a prediction.</param>
/// <param name="Failed">Error answers, lost connections and timeouts.</param>
/// <param name="P50">Corrected latency of what ended in this second, in seconds.</param>
/// <param name="P99">As <paramref name="P50"/>.</param>
public sealed record LoadSecond(int Second, long Due, long Sent, long Succeeded, long Failed, double P50, double P99);
