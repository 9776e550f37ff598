using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Query;

public sealed class PredictionFilesTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Acquire_SegmentCompactedBetweenTheReadings_IsStillSeenOnce()
    {
        for (var round = 1; round <= 3; round++)
        {
            bench.AppendFlight(Workbench.Flights(), "SFO", round, 0.5f);
            bench.Seal();
            var isCompacted = false;
            bench.Store.Files.BetweenReadings = async () =>
            {
                if (!isCompacted)
                    await bench.CompactAsync();
                isCompacted = true;
            };
            Assert.Equal((long)round, await bench.AskOneAsync("select count(*) from predictions"));
            Assert.True(isCompacted);
        }
    }

    [Fact]
    public async Task Acquire_SegmentSealedBetweenTheReadings_IsStillSeenOnce()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f);
        bench.Store.Files.BetweenReadings = () =>
        {
            bench.Seal();
            return Task.CompletedTask;
        };
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions"));
    }

    [Fact]
    public async Task Snapshot_InUse_KeepsItsFilesUntilItIsDisposed()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f);
        var snapshot = await bench.Store.Files.AcquireAsync(TestContext.Current.CancellationToken);
        var file = Assert.Single(snapshot.Predictions);
        await bench.CompactAsync();
        using (var later = await bench.Store.Files.AcquireAsync(TestContext.Current.CancellationToken))
        {
            Assert.DoesNotContain(file, later.Predictions);
            Assert.True(File.Exists(file));
            snapshot.Dispose();
            Assert.False(File.Exists(file));
        }
    }

    [Fact]
    public async Task Acquire_CancelledInTheMiddle_LosesNothing()
    {
        for (var i = 0; i < 20_000; i++)
            bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f);
        using (var source = new CancellationTokenSource())
        {
            // The reading begins, and stops when it looks at the token for the first time.
            bench.Store.Files.BetweenReadings = source.CancelAsync;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Store.Files.AcquireAsync(source.Token));
        }

        bench.Store.Files.BetweenReadings = null;
        Assert.Equal(20_000L, await bench.AskOneAsync("select count(*) from predictions"));
    }
}
