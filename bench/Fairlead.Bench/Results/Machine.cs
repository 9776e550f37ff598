using System.Runtime.InteropServices;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Results;

/// <summary>Where and on what the numbers were measured.</summary>
internal sealed record Machine
{
    public required DateTimeOffset Time { get; init; }

    /// <summary>Short commit, with <c>+dirty</c> when the tree was not clean.</summary>
    public required string Commit { get; init; }

    public required string Processor { get; init; }

    public required int Cores { get; init; }

    public required double MemoryGigabytes { get; init; }

    /// <summary>Processes that were ready to run before the run, on average over a minute: far above 0 means that others worked too, and that no number counts. Null where the system does not say.</summary>
    public required double? Load { get; init; }

    public required string System { get; init; }

    public required string Runtime { get; init; }

    public static async Task<Machine> DescribeAsync(string root, TimeProvider time, CancellationToken cancellationToken)
    {
        var commit = await Command.RunAsync("git", ["rev-parse", "--short=10", "HEAD"], root, Workspace.NoVariables, cancellationToken);
        var changes = await Command.RunAsync("git", ["status", "--porcelain"], root, Workspace.NoVariables, cancellationToken);
        return new Machine
        {
            Time = time.GetUtcNow(),
            Commit = commit.Trim() + (changes.Length > 0 ? "+dirty" : ""),
            Processor = ProcessorName(),
            Cores = Environment.ProcessorCount,
            MemoryGigabytes = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
            Load = LoadAverage(),
            System = RuntimeInformation.OSDescription,
            Runtime = RuntimeInformation.FrameworkDescription,
        };
    }

    private static double? LoadAverage()
    {
        const string description = "/proc/loadavg";
        return File.Exists(description) ? double.Parse(File.ReadAllText(description).Split(' ')[0]) : null;
    }

    private static string ProcessorName()
    {
        const string description = "/proc/cpuinfo";
        var line = File.Exists(description) ? File.ReadLines(description).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
