using System.Text.Json;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Load;

/// <summary>Load by wrk: as many requests as a number of connections carries, one in flight on each.</summary>
/// <param name="bodyFile">The body that each request posts.</param>
internal sealed class WrkLoad(Uri url, string bodyFile) : ILoad
{
    private const int MaxThreads = 2;
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Load", "load.lua");

    public async Task<LoadResult> RunAsync(int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-t", $"{Math.Min(MaxThreads, connections)}", "-c", $"{connections}", "-d", $"{(int)duration.TotalSeconds}s",
            "--timeout", "10s", "-s", Script, url.ToString(), "--", bodyFile,
        ];
        var output = await Command.RunAsync("wrk", arguments, Path.GetTempPath(), Workspace.NoVariables, cancellationToken);
        var line = output.Split('\n').LastOrDefault(text => text.StartsWith('{'))
            ?? throw new BenchException($"wrk printed no summary: {output}");
        using var summary = JsonDocument.Parse(line);
        long Count(string name) => summary.RootElement.GetProperty(name).GetInt64();
        if (Count("refused") + Count("broken") > 0)
            throw new BenchException($"{url} refused {Count("refused")} of {Count("requests")} requests, and {Count("broken")} broke off.");
        return new LoadResult(Count("requests"), Count("requests") * 1e6 / Count("microseconds")) { P50 = Count("p50") / 1e6 };
    }
}
