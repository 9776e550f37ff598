using Fairlead.Bench.Load;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Results;

namespace Fairlead.Bench.Scenarios;

/// <summary>Resident memory of control plane and host, without work for a while: after a start and a prediction, and after load.</summary>
internal sealed class MemoryScenario : IScenario
{
    private const int Connections = 32;

    public string Name => "memory";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await context.Workspace.DownAsync(cancellationToken);
        await context.Workspace.UpToFirstPredictionAsync(cancellationToken);
        var fresh = await RestAsync(context, cancellationToken);
        var load = new WrkLoad(context.Workspace.InferUrl(context.Options.Workload.Service), context.Workspace.BodyFile);
        await load.RunAsync(Connections, context.Options.WarmUp, cancellationToken);
        var used = await RestAsync(context, cancellationToken);
        return
        [
            Idle("control plane and host, idle, pages of files that both use counted once", fresh.Together, Target.AtMost(300)),
            Idle("the sum of what the system counts for each", fresh.Control + fresh.Host, null),
            Idle("host alone, idle", fresh.Host, null),
            Idle($"control plane and host, idle after {context.Options.WarmUp.TotalSeconds} s of load", used.Together, null),
        ];
    }

    /// <returns>Megabytes of control plane and host, after a while without work.</returns>
    private static async Task<(double Control, double Host, double Together)> RestAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(context.Options.Quick ? 2 : 20), context.Time, cancellationToken);
        var processes = await context.Workspace.ProcessesAsync(cancellationToken);
        return (ProcessMemory.Megabytes(processes.Control), ProcessMemory.Megabytes(processes.Host), SharedMemory.Together(processes.Control, processes.Host));
    }

    private Measure Idle(string what, double megabytes, Target? target) => new() { Scenario = Name, What = what, Unit = "MB", Value = megabytes, Target = target };
}
