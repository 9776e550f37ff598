using System.Diagnostics;
using Fairlead.Predictions.Log;
using Fairlead.Testing;

namespace Fairlead.Predictions.Tests.Log;

public sealed class KillTests
{
    private static readonly int Rounds = Campaign.Rounds(20, 300);

    [Fact]
    public async Task Append_ProcessKilledAtRandomMoments_EveryAcknowledgedRecordIsReadOnce()
    {
        var random = new Random(20260101);
        for (var round = 0; round < Rounds; round++)
        {
            using var folder = new TempFolder();
            var acknowledged = await AppendUntilKilledAsync(folder.Path, random.Next(1, 3000));

            AssertAllThere(acknowledged, LogSamples.ReadAll(folder.Path));
            await using (LogSamples.Open(folder.Path))
                Assert.Empty(new SegmentFolder(folder.Path).All().Except(new SegmentFolder(folder.Path).Sealed()));
            AssertAllThere(acknowledged, LogSamples.ReadAll(folder.Path));
        }
    }

    private static void AssertAllThere(long acknowledged, List<long> read)
    {
        // At most one record may have been written and not acknowledged when the process died.
        Assert.InRange(read.Count, acknowledged, acknowledged + 1);
        Assert.Equal(Enumerable.Range(0, read.Count).Select(n => (long)n), read);
    }

    /// <summary>Kills the child once it has acknowledged so many records; returns how many it had acknowledged when it died.</summary>
    private static async Task<long> AppendUntilKilledAsync(string folder, int killAfter)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(KillTests).Assembly.GetName().Name!);
        using var child = Process.Start(new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            Environment = { [LogChild.FolderVariable] = folder },
        })!;
        var output = child.StandardOutput.BaseStream;
        var buffer = new byte[4096];
        var bytes = 0L;
        var killed = false;
        while (await output.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
        {
            bytes += read;
            if (!killed && bytes / sizeof(long) >= killAfter)
            {
                child.Kill();
                killed = true;
            }
        }

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(killed);
        return bytes / sizeof(long);
    }
}
