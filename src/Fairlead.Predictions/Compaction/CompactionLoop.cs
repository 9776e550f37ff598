using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Compaction;

/// <summary>Compacts what was sealed, every two seconds.</summary>
public sealed class CompactionLoop(LogCompactor compactor, TimeProvider time, ILogger<CompactionLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, RunOnceAsync, e => Log.CompactionFailed(logger, e, e.Message), time, stoppingToken);

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var report = await compactor.RunInBackgroundAsync(cancellationToken).ConfigureAwait(false);
        if (report.Segments > 0)
            Log.Compacted(logger, report.Segments, report.Records, report.Rows, report.Files, time.GetElapsedTime(started).TotalMilliseconds);
    }
}
