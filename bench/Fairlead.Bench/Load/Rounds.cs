using Fairlead.Bench.Processes;

namespace Fairlead.Bench.Load;

/// <summary>Measures contenders in turn, round after round, so that a machine that slows down slows all of them.</summary>
/// <param name="duration">Of one measurement; null for that of the run.</param>
internal sealed class Rounds(BenchContext context, TimeSpan? duration = null)
{
    private static readonly TimeSpan ShortWarmUp = TimeSpan.FromSeconds(1);
    private readonly TimeSpan duration = duration ?? context.Options.Duration;

    /// <summary>Load that does not count, so that what is compiled, opened or cached at first is so before the first round.</summary>
    public async Task WarmUpAsync(IEnumerable<Contender> contenders, int connections, CancellationToken cancellationToken)
    {
        foreach (var contender in contenders)
        {
            await contender.Load.RunAsync(connections, contender.GrowsHot ? context.Options.WarmUp : ShortWarmUp, cancellationToken);
            if (contender.Workspace is { } workspace)
                await workspace.SettleAsync(cancellationToken);
        }
    }

    /// <returns>Per contender, one result a round.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<LoadResult>>> RunAsync(
        IReadOnlyList<Contender> contenders, int connections, CancellationToken cancellationToken)
    {
        var results = contenders.ToDictionary(contender => contender.Name, _ => new List<LoadResult>());
        for (var round = 1; round <= context.Options.Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var result = await MeasureAsync(contender, connections, cancellationToken);
                context.Progress(Describe(contender.Name, connections, round, result));
                results[contender.Name].Add(result);
            }
        }

        return results.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<LoadResult>)pair.Value);
    }

    private async Task<LoadResult> MeasureAsync(Contender contender, int connections, CancellationToken cancellationToken)
    {
        if (contender.Workspace is null)
            return await contender.Load.RunAsync(connections, duration, cancellationToken);
        var (control, host) = await contender.Workspace.ProcessesAsync(cancellationToken);
        var (controlBefore, hostBefore) = (ProcessorTime.Of(control), ProcessorTime.Of(host));
        var result = await contender.Load.RunAsync(connections, duration, cancellationToken);
        result = result with { Processor = (ProcessorTime.Of(host) - hostBefore).TotalSeconds };

        // What it leaves to be done, such as the compaction of its log, is not to be paid by the next one.
        await contender.Workspace.SettleAsync(cancellationToken);
        return result with { Control = (ProcessorTime.Of(control) - controlBefore).TotalSeconds };
    }

    private static string Describe(string name, int connections, int round, LoadResult result)
    {
        var text = $"  {connections} connections, round {round}: {name} {result.RequestsPerSecond:F0}/s";
        if (result.P50 is { } median)
            text += $", p50 {median * 1e6:F0} µs";
        return result is { Processor: { } host, Control: { } control }
            ? $"{text}, processor by request {host * 1e6 / result.Requests:F1} µs, control plane {control * 1e6 / result.Requests:F1} µs"
            : text;
    }
}
