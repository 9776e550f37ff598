namespace Fairlead.Demo;

/// <summary>What a burst of requests gave.</summary>
/// <param name="Answers">In the order of the rows.</param>
internal sealed record TrafficResult(IReadOnlyList<SentRequest> Answers, TimeSpan Elapsed)
{
    public int Failed => Answers.Count(answer => answer.Error is not null);

    public string? FirstError => Answers.Select(answer => answer.Error).FirstOrDefault(error => error is not null);

    public double PerSecond => Answers.Count / Elapsed.TotalSeconds;

    /// <summary>A quantile of the latencies seen by the client.</summary>
    /// <param name="quantile">0 to 1.</param>
    public TimeSpan Latency(double quantile)
    {
        var sorted = Answers.Select(answer => answer.Latency).Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(quantile * sorted.Count))];
    }
}
