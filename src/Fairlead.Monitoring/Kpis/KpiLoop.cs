using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Kpis;

/// <summary>Computes the KPIs every minute.</summary>
public sealed class KpiLoop(KpiDesk desk, TimeProvider time, ILogger<KpiLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

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
            var points = await desk.RunOnceAsync(cancellationToken).ConfigureAwait(false);
            if (points > 0)
                Log.Computed(logger, points, time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.RoundFailed(logger, e, e.Message);
        }
    }
}
