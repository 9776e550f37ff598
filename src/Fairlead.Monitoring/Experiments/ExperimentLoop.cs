using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Experiments;

/// <summary>Looks after the experiments every hour: notices those that a rollback ended, and keeps a report of the others.</summary>
public sealed class ExperimentLoop(ExperimentDesk desk, TimeProvider time, ILogger<ExperimentLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromHours(1);

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
            var count = await desk.RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (count > 0)
                Log.Measured(logger, count, time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.RoundFailed(logger, e, e.Message);
        }
    }
}
