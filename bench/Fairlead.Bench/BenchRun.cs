using System.Diagnostics;
using Fairlead.Bench.Results;
using Fairlead.Bench.Scenarios;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench;

/// <summary>One run of the harness: prepares a workspace, measures each scenario, prints and stores what came out.</summary>
internal sealed class BenchRun(BenchOptions options, TimeProvider time)
{
    /// <returns>0 when everything could be measured, 1 when something could not; missing a target is a result, not a failure.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var machine = await Machine.DescribeAsync(options.Root, time, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("fairlead-bench-").FullName;
        var measures = new List<Measure>();
        var failed = 0;
        try
        {
            Progress($"preparing '{options.Workload.Name}' in {folder}");
            await using var workspace = await Workspace.CreateAsync(options, Path.Combine(folder, "captured"), Workspace.NoVariables, time, cancellationToken);
            var context = new BenchContext(options, folder, workspace, time, Progress);
            foreach (var scenario in ScenarioList.All.Where(s => options.Only.Count == 0 || options.Only.Contains(s.Name)))
                failed += await MeasureAsync(scenario, context, measures, cancellationToken) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        ResultFile.Append(options.ResultFile, machine, options, measures);
        var table = ResultTable.Render(machine, options, measures);
        Console.Out.Write(table);
        if (options.Record)
            ResultDocument.Replace(Path.Combine(options.Root, "docs", "benchmarks.md"), table);
        return failed == 0 ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(IScenario scenario, BenchContext context, List<Measure> measures, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            measures.AddRange(await scenario.RunAsync(context, cancellationToken));
            Progress($"{scenario.Name}: measured in {clock.Elapsed.TotalSeconds:F0} s");
            return true;
        }
        catch (BenchException e)
        {
            Progress($"{scenario.Name}: not measured: {e.Message}");
            return false;
        }
    }

    private static void Progress(string line) => Console.Error.WriteLine($"bench: {line}");
}
