using Fairlead.Bench.Load;

namespace Fairlead.Bench.Results;

/// <summary>Makes measures of what contenders did in the same rounds.</summary>
/// <param name="scenario">Whose measures they are.</param>
/// <param name="what">What was measured, for people.</param>
/// <param name="results">Per contender, one result a round.</param>
internal sealed class Comparison(string scenario, string what, IReadOnlyDictionary<string, IReadOnlyList<LoadResult>> results)
{
    /// <summary>Requests per second of one contender by those of another.</summary>
    public Measure Throughput(string of, string against, Target? target = null) =>
        Compare(of, against, "requests/s", result => result.RequestsPerSecond, target);

    /// <summary>The median latency of one contender by that of another.</summary>
    public Measure Latency(string of, string against, Target? target = null) =>
        Compare(of, against, "µs", result => result.P50!.Value * 1e6, target);

    public Measure Throughput(string of, Target? target = null) => new()
    {
        Scenario = scenario,
        What = what,
        Unit = "requests/s",
        Value = Median.Of(results[of].Select(result => result.RequestsPerSecond)),
        Target = target,
    };

    /// <summary>Processor time by request: it moves less than the throughput when others work on the machine.</summary>
    public IReadOnlyList<Measure> Processor(string of) =>
    [
        ByRequest(of, "host", result => result.Processor!.Value),
        ByRequest(of, "control plane, compaction included", result => result.Control!.Value),
    ];

    private Measure ByRequest(string of, string process, Func<LoadResult, double> seconds) => new()
    {
        Scenario = scenario,
        What = $"processor time by request, {what}: {process}",
        Unit = "µs",
        Value = Median.Of(results[of].Select(result => seconds(result) * 1e6 / result.Requests)),
    };

    private Measure Compare(string of, string against, string unit, Func<LoadResult, double> number, Target? target) =>
        Measure.SideBySide(scenario, what, unit, [.. results[of].Select(number)], against, [.. results[against].Select(number)], target);
}
