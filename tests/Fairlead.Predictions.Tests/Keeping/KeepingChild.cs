using Fairlead.Predictions.Keeping;

namespace Fairlead.Predictions.Tests.Keeping;

/// <summary>The process that gets killed: it compacts, merges, removes what is old and erases a unit, over and over, and prints a byte at each point between two effects.</summary>
internal static class KeepingChild
{
    public const string Argument = "--keep-for-ever";

    public static async Task KeepForEver(string folder, string unit)
    {
        using var bench = new KeepingBench(folder);
        bench.Deploy("old", TimeSpan.FromDays(1));
        using var output = Console.OpenStandardOutput();
        var gate = new Lock();
        bench.Log.Compactor.Reached = _ => Tell();
        bench.Switch.Reached = _ => Tell();
        bench.Erasure.Reached = _ => Tell();
        var erasing = Task.Run(() => EraseAsync(bench, unit));
        while (true)
        {
            await bench.Log.Compactor.RunOnceAsync(CancellationToken.None);
            await bench.Merger.RunOnceAsync(CancellationToken.None);
            await bench.Retention.RunOnceAsync(CancellationToken.None);
            if (erasing.IsCompleted)
                await erasing;
            Tell();
        }

        void Tell()
        {
            lock (gate)
                output.WriteByte(1);
        }
    }

    private static async Task EraseAsync(KeepingBench bench, string unit)
    {
        await bench.Erasure.ResumeAsync(CancellationToken.None);
        await bench.Erasure.EraseAsync(new ErasureOrder { Unit = unit, RequestedBy = "child" }, CancellationToken.None);
    }
}
