using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Keeping;

/// <summary>Keeps the predictions folder in order: goes on with erasures that did not end, merges small files, and removes once an hour what is too old.</summary>
public sealed class KeepingLoop(
    StateFolder folder, SegmentManifest manifest, FileMerger merger, RetentionKeeper retention, UnitErasure erasure, TimeProvider time, ILogger<KeepingLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetentionPeriod = TimeSpan.FromHours(1);
    private readonly SegmentNames names = new(folder, manifest, time);
    private long? lastRetention;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                // Each for itself: one that fails must not keep the others from their turn.
                await TryAsync(() => erasure.ResumeAsync(stoppingToken)).ConfigureAwait(false);
                await TryAsync(() => MergeAsync(stoppingToken)).ConfigureAwait(false);
                await TryAsync(() => ExpireAsync(stoppingToken)).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the loop.
        }
    }

    private async Task MergeAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var report = await merger.RunOnceAsync(cancellationToken).ConfigureAwait(false);
        if (report.After > 0)
            Log.Merged(logger, report.Before, report.After, report.Rows, report.Bytes, time.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        if (lastRetention is { } last && time.GetElapsedTime(last) < RetentionPeriod)
            return;
        await retention.RunOnceAsync(cancellationToken).ConfigureAwait(false);
        await names.ForgetAsync(cancellationToken).ConfigureAwait(false);
        lastRetention = time.GetTimestamp();
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.KeepingFailed(logger, e, e.Message);
        }
    }
}
