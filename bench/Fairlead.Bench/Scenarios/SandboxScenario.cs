using System.Diagnostics;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>What a step costs that does nothing: as a plain process started by nobody but a loop, as a step without a sandbox, and as one in namespaces. One after another, in rounds that take turns.</summary>
internal sealed class SandboxScenario : IScenario
{
    private const int Steps = 200;
    private const int QuickSteps = 20;

    public string Name => "sandbox";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var steps = context.Options.Quick ? QuickSteps : Steps;
        var folder = Directory.CreateDirectory(Path.Combine(context.Folder, "sandbox")).FullName;
        await WriteAsync(folder, steps, round: 0, cancellationToken);
        var git = new GitFolder(folder);
        await git.InitAsync(GitFolder.Quiet, cancellationToken);
        await git.CommitAsync("Start", cancellationToken);
        await FairleadAsync(context, folder, ["up", "--port", $"{FreePort.Next()}", "--host-port", $"{FreePort.Next()}"], cancellationToken);
        try
        {
            return await MeasureAsync(context, folder, steps, cancellationToken);
        }
        finally
        {
            await FairleadAsync(context, folder, ["down"], CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync(BenchContext context, string folder, int steps, CancellationToken cancellationToken)
    {
        var (plain, none, confined) = (new List<double>(), new List<double>(), new List<double>());
        // The first round finds nothing compiled.
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            await WriteAsync(folder, steps, round, cancellationToken);
            confined.Add(await TimeAsync(() => FairleadAsync(context, folder, ["run", "confined"], cancellationToken)) / steps);
            none.Add(await TimeAsync(() => FairleadAsync(context, folder, ["run", "none"], cancellationToken)) / steps);
            plain.Add(await TimeAsync(() => LoopAsync(folder, steps, cancellationToken)) / steps);
            context.Progress($"  round {round}: a step in namespaces {confined[^1]:F2} ms, without {none[^1]:F2} ms, a plain process {plain[^1]:F2} ms");
        }

        foreach (var list in new[] { plain, none, confined })
            list.RemoveAt(0);
        return
        [
            new Measure { Scenario = Name, What = $"a step in namespaces, of {steps} that do nothing, one after another", Unit = "ms", Value = Median.Of(confined), BaselineName = "without a sandbox", Baseline = Median.Of(none), Ratio = Median.OfRatios(confined, none) },
            new Measure { Scenario = Name, What = "what the namespaces add to a step", Unit = "ms", Value = Median.Of(confined.Zip(none, (with, without) => with - without)), Target = Target.AtMost(10) },
            new Measure { Scenario = Name, What = "a step without a sandbox", Unit = "ms", Value = Median.Of(none), BaselineName = "`sh -c true`", Baseline = Median.Of(plain), Ratio = Median.OfRatios(none, plain) },
        ];
    }

    /// <summary>Two chains of variants, so that never two run at a time, of which another round knows none.</summary>
    private static Task WriteAsync(string folder, int steps, int round, CancellationToken cancellationToken)
    {
        var text = new System.Text.StringBuilder("project: sandbox\nsteps:\n");
        foreach (var (kind, setting) in new[] { ("confined", "namespace"), ("none", "none") })
        {
            for (var step = 0; step < steps; step++)
            {
                var (name, input) = (step == steps - 1 ? kind : $"{kind}{step}", step == 0 ? "" : $", inputs: {{ x: {kind}{step - 1}/x }}");
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {name}: {{ run: \"echo > out/x\", outputs: [x], sandbox: {setting}, params: {{ round: {round} }}{input} }}\n");
            }
        }

        return File.WriteAllTextAsync(Path.Combine(folder, "fairlead.yaml"), text.ToString(), cancellationToken);
    }

    private static async Task LoopAsync(string folder, int steps, CancellationToken cancellationToken)
    {
        for (var step = 0; step < steps; step++)
            await Command.RunAsync("/bin/sh", ["-c", "true"], folder, Workspace.NoVariables, cancellationToken);
    }

    private static Task FairleadAsync(BenchContext context, string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Command.RunAsync(context.Options.Fairlead, arguments, folder, Workspace.NoVariables, cancellationToken);

    /// <returns>Milliseconds.</returns>
    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalMilliseconds;
    }
}
