using System.Diagnostics;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Triggers.Tests.Support;

namespace Fairlead.Triggers.Tests.Running;

/// <summary>This test program started once more, as a control plane that can be killed.</summary>
internal static class ChildProcess
{
    public const string Argument = "look-at-triggers";

    /// <summary>Looks at a project's triggers for a few rounds; killed at a write when that is above 0.</summary>
    public static Process Start(string folder, int killAt, bool isAfter) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, folder, killAt.ToString(), isAfter ? "after" : "before"]) { RedirectStandardOutput = true })!;

    public static async Task<int> RunAsync(string[] args)
    {
        KillingCatalog? killing = null;
        ITriggerCatalog Catalog(ITriggerCatalog inner) => killing = new KillingCatalog(inner, int.Parse(args[1]), args[2] == "after");
        IExecutionStarter Starter(IExecutionStarter inner) => killing!.Around(inner);
        await using var bench = new TriggerBench(args[0], Catalog, Starter);
        for (var round = 0; round < 3; round++)
        {
            bench.Time.Pass(TimeSpan.FromSeconds(2));
            await bench.Desk.RunOnceAsync(CancellationToken.None);
        }

        Console.WriteLine(killing!.Writes);
        return 0;
    }
}
