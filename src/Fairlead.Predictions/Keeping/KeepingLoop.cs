using Fairlead.Domain.Projects;
using Fairlead.Domain.Scheduling;
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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PeriodicWork.RunAsync(Period, RunOnceAsync, Failed, time, stoppingToken);

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // Each for itself: one that fails must not keep the others from their turn.
        foreach (var work in (Func<CancellationToken, Task>[])[erasure.ResumeAsync, MergeAsync, ExpireAsync])
        {
            try
            {
                await work(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(e);
            }
        }
    }

    private void Failed(Exception exception) => Log.KeepingFailed(logger, exception, exception.Message);

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
}
