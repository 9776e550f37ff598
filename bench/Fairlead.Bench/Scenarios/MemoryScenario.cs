using Fairlead.Bench.Results;

namespace Fairlead.Bench.Scenarios;

/// <summary>Resident memory of control plane and host together, after a start, a prediction and a while without work.</summary>
internal sealed class MemoryScenario : IScenario
{
    private const string Resident = "VmRSS:";

    public string Name => "memory";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await context.Workspace.DownAsync(cancellationToken);
        await context.Workspace.UpToFirstPredictionAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(context.Options.Quick ? 2 : 20), context.Time, cancellationToken);
        var processes = await context.Workspace.ProcessesAsync(cancellationToken);
        var megabytes = processes.Select(ResidentMegabytes).ToList();
        return
        [
            Idle("control plane and host, idle", megabytes.Sum(), Target.AtMost(300)),
            Idle("host alone, idle", megabytes[1], null),
        ];
    }

    private static double ResidentMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith(Resident, StringComparison.Ordinal));
        return long.Parse(line[Resident.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024 / 1e6;
    }

    private Measure Idle(string what, double megabytes, Target? target) => new() { Scenario = Name, What = what, Unit = "MB", Value = megabytes, Target = target };
}
