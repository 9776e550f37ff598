using System.Diagnostics;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Results;
using Fairlead.Bench.Sweeping;
using Fairlead.Bench.Workspaces;
using Fairlead.Sweeps.Searching;

namespace Fairlead.Bench.Scenarios;

/// <summary>What a search that learns is worth beside one that does not, and what a trial costs beside its steps.</summary>
internal sealed class SweepsScenario : IScenario
{
    private const int Trials = 40;
    private const int NoOpTrials = 100;

    /// <summary>A step that does nothing but say so.</summary>
    private const string Project = """
        project: sweeps
        steps:
          nothing:
            run: printf '{"x":%s}' "$FAIRLEAD_PARAM_X" > out/metrics.json
            params: { x: 1 }
            metrics: metrics.json
            outputs: []
        """;

    public string Name => "sweeps";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var measures = new List<Measure>();
        var seeds = Enumerable.Range(1, context.Options.Quick ? 2 : 20).ToList();
        foreach (var function in TestFunction.All)
            measures.AddRange(Race(function, seeds, cancellationToken));
        measures.AddRange(await TimeTrialsAsync(context, cancellationToken));
        return measures;
    }

    private IEnumerable<Measure> Race(TestFunction function, List<int> seeds, CancellationToken cancellationToken)
    {
        var (bayes, random) = (new double[seeds.Count], new double[seeds.Count]);
        var clock = Stopwatch.StartNew();
        Parallel.For(0, seeds.Count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            bayes[i] = SearchRace.Regret(function, new BayesSearch(), Trials, seeds[i]);
            random[i] = SearchRace.Regret(function, new RandomSearch(), Trials, seeds[i]);
        });
        var thinking = clock.Elapsed.TotalMilliseconds * Math.Min(Environment.ProcessorCount, seeds.Count) / (seeds.Count * Trials);
        yield return new Measure
        {
            Scenario = Name,
            What = $"{function.Name}: regret after {Trials} trials by bayes",
            Unit = "",
            Value = Median.Of(bayes),
            BaselineName = "random",
            Baseline = Median.Of(random),
            Ratio = Median.Of(bayes) / Median.Of(random),
            Target = Target.AtMost(1),
        };
        yield return new Measure { Scenario = Name, What = $"{function.Name}: seeds of {seeds.Count} in which bayes is ahead", Unit = "seeds", Value = bayes.Zip(random).Count(pair => pair.First < pair.Second) };
        yield return new Measure { Scenario = Name, What = $"{function.Name}: what bayes thinks for a trial", Unit = "ms", Value = thinking };
    }

    private async Task<IReadOnlyList<Measure>> TimeTrialsAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(context.Folder, "sweeps");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "fairlead.yaml"), Project, cancellationToken);
        var git = new GitFolder(folder);
        await git.InitAsync(GitFolder.Quiet, cancellationToken);
        await git.CommitAsync("A step that does nothing.", cancellationToken);
        await RunAsync(context, folder, ["up", "--port", $"{FreePort.Next()}", "--host-port", $"{FreePort.Next()}"], cancellationToken);
        try
        {
            // The first finds nothing compiled.
            await SweepAsync(context, folder, "x=int:1..20", cancellationToken);
            var fresh = await SweepAsync(context, folder, $"x=int:1001..{1000 + NoOpTrials}", cancellationToken);
            var known = await SweepAsync(context, folder, $"x=int:1001..{1000 + NoOpTrials}", cancellationToken);
            return
            [
                new Measure { Scenario = Name, What = "a trial of a step that does nothing", Unit = "ms", Value = fresh / NoOpTrials },
                new Measure { Scenario = Name, What = "a trial that is known", Unit = "ms", Value = known / NoOpTrials },
            ];
        }
        finally
        {
            await RunAsync(context, folder, ["down"], CancellationToken.None);
        }
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> SweepAsync(BenchContext context, string folder, string range, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await RunAsync(context, folder, ["sweep", "nothing", "--param", range, "--search", "grid", "--maximize", "nothing.x"], cancellationToken);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static Task RunAsync(BenchContext context, string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Command.RunAsync(context.Options.Fairlead, arguments, folder, Workspace.NoVariables, cancellationToken);
}
