using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Drift.Watching;

/// <summary>Looks for drift every hour.</summary>
public sealed class DriftLoop(DriftWatch watch, TimeProvider time, ILogger<DriftLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>After the start, when there is more urgent work.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(Delay, time, stoppingToken).ConfigureAwait(false);
            using var timer = new PeriodicTimer(Period, time);
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
            var reports = await watch.RunOnceAsync(cancellationToken).ConfigureAwait(false);
            if (reports > 0)
                Log.Reported(logger, reports, time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.RoundFailed(logger, e, e.Message);
        }
    }
}
