using System.Diagnostics;
using System.Text.Json;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>A graph in which nothing changed, as somebody types it, beside ninja and snakemake on the same graph; and what it costs to run all of it.</summary>
internal sealed class GraphScenario : IScenario
{
    private const int Steps = 10_000;
    private const int Files = 50_000;
    private const int Quicker = 10;

    public string Name => "graph";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var (steps, files) = context.Options.Quick ? (Steps / Quicker, Files / Quicker) : (Steps, Files);
        var (ours, ninja, snakemake) = (Folder(context, "graph"), Folder(context, "graph-ninja"), Folder(context, "graph-snakemake"));
        await GraphProject.CreateForFairleadAsync(ours, steps - 1, files, cancellationToken);
        await GraphProject.CreateForNinjaAsync(ninja, steps - 1, files, cancellationToken);
        await GraphProject.CreateForSnakemakeAsync(snakemake, steps - 1, files, cancellationToken);
        await RunAsync("ninja", ["--quiet"], ninja, cancellationToken);
        await RunAsync(context.Options.Fairlead, ["up", "--port", $"{FreePort.Next()}", "--host-port", $"{FreePort.Next()}"], ours, cancellationToken);
        try
        {
            return await MeasureAsync(context, (ours, ninja, snakemake), steps, files, cancellationToken);
        }
        finally
        {
            await RunAsync(context.Options.Fairlead, ["down"], ours, CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync(
        BenchContext context, (string Ours, string Ninja, string Snakemake) folders, int steps, int files, CancellationToken cancellationToken)
    {
        using var status = JsonDocument.Parse(await Command.RunAsync(context.Options.Fairlead, ["status", "--format", "json"], folders.Ours, Workspace.NoVariables, cancellationToken));
        var control = status.RootElement.GetProperty("controlProcessId").GetInt32();
        var before = ProcessMemory.MostMegabytes(control);
        var first = await RunAsync(context.Options.Fairlead, ["run"], folders.Ours, cancellationToken);
        var growth = ProcessMemory.MostMegabytes(control) - before;
        context.Progress($"  {steps} steps ran in {first:F1} s, at most {growth:F0} MB more than before");
        var (ours, ninja, snakemake) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            ours.Add(await RunAsync(context.Options.Fairlead, ["run"], folders.Ours, cancellationToken));
            ninja.Add(await RunAsync("ninja", ["--quiet"], folders.Ninja, cancellationToken));
            // It takes so long that twice is enough.
            if (round < 2)
                snakemake.Add(await RunAsync("snakemake", ["--cores", "2", "--quiet"], folders.Snakemake, cancellationToken));
            context.Progress($"  round {round}: {ours[^1]:F3} s, ninja {ninja[^1]:F3} s, snakemake {snakemake[^1]:F1} s");
        }

        // The first finds nothing compiled.
        ours.RemoveAt(0);
        ninja.RemoveAt(0);
        var what = $"`fairlead run` of {steps:N0} steps and {files:N0} files of which nothing changed";
        return
        [
            Measure.SideBySide(Name, what, "s", ours, "ninja", ninja, Target.AtMost(3)),
            Measure.OfMedians(Name, $"{what}, ratio of medians", "s", ours, "snakemake", snakemake, Target.AtMost(0.2)),
            new Measure { Scenario = Name, What = $"{steps:N0} steps that do nothing, executed", Unit = "steps/s", Value = steps / first },
            new Measure { Scenario = Name, What = $"the same: most memory of the control plane beyond what it had", Unit = "MB", Value = growth, Target = Target.AtMost(300) },
        ];
    }

    private static string Folder(BenchContext context, string name) => Directory.CreateDirectory(Path.Combine(context.Folder, name)).FullName;

    /// <returns>Seconds.</returns>
    private static async Task<double> RunAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await Command.RunAsync(program, arguments, folder, Workspace.NoVariables, cancellationToken);
        return clock.Elapsed.TotalSeconds;
    }
}
