namespace Fairlead.Bench.Load;

/// <summary>Measures contenders in turn, round after round, so that a machine that slows down slows all of them.</summary>
internal sealed class Rounds(WrkLoad load, BenchContext context)
{
    /// <summary>Load that does not count, so that what is compiled, opened or cached at first is so before the first round.</summary>
    public async Task WarmUpAsync(IEnumerable<(string Name, Uri Url)> contenders, int connections, CancellationToken cancellationToken)
    {
        foreach (var (_, url) in contenders)
            await load.RunAsync(url, connections, context.Options.WarmUp, cancellationToken);
    }

    /// <returns>Per contender, one result a round.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<LoadResult>>> RunAsync(
        IReadOnlyList<(string Name, Uri Url)> contenders, int connections, CancellationToken cancellationToken)
    {
        var results = contenders.ToDictionary(contender => contender.Name, _ => new List<LoadResult>());
        for (var round = 1; round <= context.Options.Rounds; round++)
        {
            foreach (var (name, url) in contenders)
            {
                var result = await load.RunAsync(url, connections, context.Options.Duration, cancellationToken);
                context.Progress($"  {connections} connections, round {round}: {name} {result.RequestsPerSecond:F0}/s, p50 {result.P50 * 1e6:F0} µs");
                results[name].Add(result);
            }
        }

        return results.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<LoadResult>)pair.Value);
    }
}
