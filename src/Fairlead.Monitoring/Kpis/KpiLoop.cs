using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Kpis;

/// <summary>Computes the KPIs every minute.</summary>
public sealed class KpiLoop(KpiDesk desk, TimeProvider time, ILogger<KpiLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, RunOnceAsync, e => Log.RoundFailed(logger, e, e.Message), time, stoppingToken);

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var points = await desk.RunOnceAsync(cancellationToken).ConfigureAwait(false);
        if (points > 0)
            Log.Computed(logger, points, time.GetElapsedTime(started).TotalMilliseconds);
    }
}
