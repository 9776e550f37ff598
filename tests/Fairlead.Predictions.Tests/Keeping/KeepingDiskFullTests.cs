using System.Diagnostics;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Log;

namespace Fairlead.Predictions.Tests.Keeping;

public sealed class KeepingDiskFullTests
{
    [Fact]
    public async Task CompactionAndMerge_DiskFull_LoseNothingAndGoOnWhenThereIsSpace()
    {
        using var folder = new TempFolder();
        Assert.SkipUnless(await TryRunAsync("mount", "-t", "tmpfs", "-o", "size=280m", "tmpfs", folder.Path), "Only root can mount the small disk that this test fills.");
        try
        {
            using var bench = new KeepingBench(folder.Path);
            await bench.FillAsync(4, 2000, unit: row => $"{Guid.NewGuid()}{row}");
            for (var i = 0; i < 20_000; i++)
                bench.Log.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f, Workbench.Noon + i, $"{Guid.NewGuid()}");
            bench.Log.Seal();
            var hog = Path.Combine(folder.Path, "hog");
            var free = new DriveInfo(folder.Path).AvailableFreeSpace;
            await File.WriteAllBytesAsync(hog, new byte[free - (200 << 10)], TestContext.Current.CancellationToken);

            await Assert.ThrowsAnyAsync<Exception>(() => bench.Log.Compactor.RunOnceAsync(TestContext.Current.CancellationToken));
            Assert.DoesNotContain(bench.HiddenFiles(), path => path.EndsWith(".tmp", StringComparison.Ordinal));
            // Merging sees beforehand that there is no room.
            Assert.Equal(0, (await bench.Merger.RunOnceAsync(TestContext.Current.CancellationToken)).After);
            Assert.Equal((8000, 8000), bench.ReadPlainly());

            File.Delete(hog);
            Assert.Equal(1, (await bench.Log.Compactor.RunOnceAsync(TestContext.Current.CancellationToken)).Segments);
            Assert.Equal((28_000, 28_000), bench.ReadPlainly());
            Assert.Equal(28_000L, await bench.Log.AskOneAsync("select count(distinct id) from predictions"));
        }
        finally
        {
            Assert.True(await TryRunAsync("umount", folder.Path));
        }
    }

    private static async Task<bool> TryRunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
