using System.Diagnostics;
using Fairlead.Catalog;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Driving;

namespace Fairlead.Pipelines.Tests.Driving;

/// <summary>This test program started once more, as a control plane that can be killed.</summary>
internal static class ChildProcess
{
    public const string Argument = "drive-executions";

    /// <summary>Drives the whole pipeline to its end; killed at a write when that is above 0.</summary>
    public static Process Start(string folder, int killAt, bool isAfter) => Start("whole", folder, killAt.ToString(), isAfter ? "after" : "before");

    /// <summary>Drives many executions together with others like it; begins them when their number is above 0.</summary>
    public static Process StartShared(string folder, int begins) => Start("shared", folder, begins.ToString());

    public static async Task<int> RunAsync(string[] args)
    {
        var folder = args[1];
        await using var catalog = SqliteCatalog.Open(Path.Combine(folder, "catalog.db"), TimeProvider.System);
        return args[0] == "whole"
            ? await DriveWholeAsync(new KillingCatalog(catalog.Executions, int.Parse(args[2]), args[3] == "after"), folder)
            : await DriveSharedAsync(catalog.Executions, folder, int.Parse(args[2]));
    }

    private static Process Start(params string[] args) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, .. args]) { RedirectStandardOutput = true })!;

    private static async Task<int> DriveWholeAsync(KillingCatalog catalog, string folder)
    {
        await using var engine = Engines.Create(catalog, Engines.Whole, $"process {Environment.ProcessId}", new EffectActivity(folder), new NotifyActivity(new SilentNotices()));
        await engine.RunOnceAsync(CancellationToken.None);
        var plan = await engine.PlanAsync("whole", new Dictionary<string, System.Text.Json.JsonElement>(), new ExecutionCause("manual", "ann"), "test", CancellationToken.None);
        var number = await engine.StartAsync(plan, CancellationToken.None);
        var execution = await engine.WaitAsync(number, 0, CancellationToken.None);
        while (!execution.State.IsEnded)
        {
            if (execution.State.Find("j")!.Status == StageStatus.Judging)
                await JudgeAsync(engine, number);
            execution = await engine.WaitAsync(number, execution.Version, CancellationToken.None);
        }

        Console.WriteLine(catalog.Writes);
        return 0;
    }

    private static async Task JudgeAsync(PipelineEngine engine, int number)
    {
        try
        {
            await engine.JudgeAsync(number, "j", "bob", Sample.Json("""{"choice":"approve"}"""), CancellationToken.None);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Conflict)
        {
            // It was judged in the meantime.
        }
    }

    private static async Task<int> DriveSharedAsync(IExecutionCatalog catalog, string folder, int begins)
    {
        var project = Sample.Project(Sample.Pipeline("many", Sample.Stage("a", "effect"), Sample.Stage("b", "effect", "{}", "a"), Sample.Stage("c", "effect", "{}", "b")) with { Concurrency = PipelineConcurrency.Parallel(100) });
        // Longer than a busy machine ever stops a process: one that stands still beyond its lease may repeat what another has taken over, as at-least-once says.
        var options = new PipelineEngineOptions { Owner = $"process {Environment.ProcessId}", Lease = TimeSpan.FromSeconds(5), Round = TimeSpan.FromMilliseconds(100) };
        await using var engine = Engines.Create(catalog, project, options, new EffectActivity(folder));
        using var ending = new CancellationTokenSource();
        var running = engine.RunAsync(ending.Token);
        for (var i = 0; i < begins; i++)
        {
            await engine.StartAsync("many", new Dictionary<string, System.Text.Json.JsonElement>(), new ExecutionCause("manual", "ann"), null, CancellationToken.None);
            Console.WriteLine(i);
        }

        while ((await catalog.ListAsync(new ExecutionFilter { IsOpen = true, Limit = 1 }, CancellationToken.None)).Count > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        await ending.CancelAsync();
        await running;
        return 0;
    }
}
