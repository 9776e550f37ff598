using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Tests.Log;

public sealed class GroupFlushTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Flush_ManyAtOnceAcrossSegments_AllComplete()
    {
        await using var writer = LogSamples.Open(folder.Path, segmentBytes: 64 * 1024);
        var context = LogSamples.Context();
        var callers = Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var n = 0; n < 50; n++)
            {
                Assert.True(LogSamples.TryAppend(writer, context, (caller * 50) + n, out var position));
                await writer.FlushAsync(position, TestContext.Current.CancellationToken);
            }
        }));

        await Task.WhenAll(callers);

        Assert.Equal(64 * 50, LogSamples.ReadAll(folder.Path).Count);
    }

    [Fact]
    public async Task Flush_PositionFlushedAlready_CompletesAtOnce()
    {
        await using var writer = LogSamples.Open(folder.Path);
        Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), 1, out var position));
        await writer.FlushAsync(position, TestContext.Current.CancellationToken);

        Assert.True(writer.FlushAsync(position, TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Flush_CallerGivesUp_OthersStillComplete()
    {
        await using var writer = LogSamples.Open(folder.Path);
        Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), 1, out var position));
        using var gone = new CancellationTokenSource();
        var first = writer.FlushAsync(position, gone.Token).AsTask();
        var second = writer.FlushAsync(position, TestContext.Current.CancellationToken).AsTask();
        await gone.CancelAsync();

        await second;

        Assert.True(first.IsCompleted || first.IsCanceled || await Task.WhenAny(first) == first);
    }
}
