using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Compaction;

/// <summary>Compacts what was sealed, every two seconds.</summary>
public sealed class CompactionLoop(LogCompactor compactor, TimeProvider time, ILogger<CompactionLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the loop.
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var started = time.GetTimestamp();
            var report = await compactor.RunInBackgroundAsync(cancellationToken).ConfigureAwait(false);
            if (report.Segments > 0)
                Log.Compacted(logger, report.Segments, report.Records, report.Rows, report.Files, time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.CompactionFailed(logger, e, e.Message);
        }
    }
}
