using System.Diagnostics;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Tests.Log;

public sealed class DiskFullTests
{
    [Fact]
    public async Task Append_DiskFull_LosesCountedRecordsAndGoesOnWhenThereIsSpace()
    {
        using var folder = new TempFolder();
        Assert.SkipUnless(await TryRunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.Path), "Only root can mount the small disk that this test fills.");
        try
        {
            var hog = Path.Combine(folder.Path, "hog");
            await File.WriteAllBytesAsync(hog, new byte[600 * 1024], TestContext.Current.CancellationToken);
            await FillAsync(Path.Combine(folder.Path, "log"), hog);
        }
        finally
        {
            Assert.True(await TryRunAsync("umount", folder.Path));
        }
    }

    private static async Task FillAsync(string folder, string hog)
    {
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

        File.Delete(hog);
        await writer.Keeper.RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.True(LogSamples.TryAppend(writer, context, 3000, out var position));
        await writer.FlushAsync(position, TestContext.Current.CancellationToken);
        Assert.Equal(kept.Append(3000), LogSamples.ReadAll(folder));
    }

    private static async Task<bool> TryRunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
