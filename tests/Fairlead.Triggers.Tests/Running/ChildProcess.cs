using System.Diagnostics;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Triggers.Tests.Support;

namespace Fairlead.Triggers.Tests.Running;

/// <summary>This test program started once more, as a control plane that can be killed.</summary>
internal static class ChildProcess
{
    public const string Argument = "look-at-triggers";

    /// <summary>Starts one that is killed at one of its writes.</summary>
    public static Process Start(string folder, int killAt, bool isAfter) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, folder, killAt.ToString(), isAfter ? "after" : "before"]))!;

    public static async Task<int> RunAsync(string[] args)
    {
        await LookAsync(args[0], int.Parse(args[1]), args[2] == "after");
        return 0;
    }

    /// <summary>Looks at a project's triggers for a few rounds, in this process; it is killed at a write when that is above 0.</summary>
    /// <returns>How many writes there were.</returns>
    public static async Task<int> LookAsync(string folder, int killAt, bool isAfter)
    {
        KillingCatalog? killing = null;
        ITriggerCatalog Catalog(ITriggerCatalog inner) => killing = new KillingCatalog(inner, killAt, isAfter);
        IExecutionStarter Starter(IExecutionStarter inner) => killing!.Around(inner);
        await using var bench = new TriggerBench(folder, Catalog, Starter);
        for (var round = 0; round < 3; round++)
        {
            bench.Time.Pass(TimeSpan.FromSeconds(2));
            await bench.Desk.RunOnceAsync(CancellationToken.None);
        }

        return killing!.Writes;
    }
}
