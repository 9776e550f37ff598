using Fairlead.Predictions.Log;
using Fairlead.Testing;

namespace Fairlead.Predictions.Tests.Log;

public sealed class DiskFullTests
{
    [Fact]
    public async Task Append_DiskFull_LosesCountedRecordsAndGoesOnWhenThereIsSpace()
    {
        using var disk = SmallDisk.Mount(megabytes: 1);
        disk.Fill(leave: 424 * 1024);
        await FillAsync(disk);
    }

    private static async Task FillAsync(SmallDisk disk)
    {
        var folder = Path.Combine(disk.Folder, "log");
        await using var writer = LogSamples.Open(folder, segmentBytes: 128 * 1024);
        var context = LogSamples.Context();
        var kept = new List<long>();
        for (var n = 0L; n < 3000; n++)
        {
            if (LogSamples.TryAppend(writer, context, n, out _))
                kept.Add(n);
        }

        Assert.InRange(kept.Count, 100, 2999);
        Assert.Equal(3000 - kept.Count, writer.Lost);
        Assert.Equal(kept.Count, writer.Captured);
        Assert.Equal(kept, LogSamples.ReadAll(folder));

        disk.Free();
        await writer.Keeper.RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.True(LogSamples.TryAppend(writer, context, 3000, out var position));
        await writer.FlushAsync(position, TestContext.Current.CancellationToken);
        Assert.Equal(kept.Append(3000), LogSamples.ReadAll(folder));
    }
}
