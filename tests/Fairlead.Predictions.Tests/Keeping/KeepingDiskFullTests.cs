using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Testing;

namespace Fairlead.Predictions.Tests.Keeping;

public sealed class KeepingDiskFullTests
{
    [Fact]
    public async Task CompactionAndMerge_DiskFull_LoseNothingAndGoOnWhenThereIsSpace()
    {
        using var disk = SmallDisk.Mount(megabytes: 280);
        using var bench = new KeepingBench(disk.Folder);
        await bench.FillAsync(4, 2000, unit: row => $"{Guid.NewGuid()}{row}");
        for (var i = 0; i < 20_000; i++)
            bench.Log.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f, Workbench.Noon + i, $"{Guid.NewGuid()}");
        bench.Log.Seal();
        disk.Fill(leave: 200 << 10);

        await Assert.ThrowsAnyAsync<Exception>(() => bench.Log.Compactor.RunOnceAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(bench.HiddenFiles(), path => path.EndsWith(".tmp", StringComparison.Ordinal));
        // Merging sees beforehand that there is no room.
        Assert.Equal(0, (await bench.Merger.RunOnceAsync(TestContext.Current.CancellationToken)).After);
        Assert.Equal((8000, 8000), bench.ReadPlainly());

        disk.Free();
        Assert.Equal(1, (await bench.Log.Compactor.RunOnceAsync(TestContext.Current.CancellationToken)).Segments);
        Assert.Equal((28_000, 28_000), bench.ReadPlainly());
        Assert.Equal(28_000L, await bench.Log.AskOneAsync("select count(distinct id) from predictions"));
    }
}
