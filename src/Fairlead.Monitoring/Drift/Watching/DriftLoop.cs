using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Drift.Watching;

/// <summary>Looks for drift every hour.</summary>
public sealed class DriftLoop(DriftWatch watch, TimeProvider time, ILogger<DriftLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>After the start, when there is more urgent work.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, RunOnceAsync, e => Log.RoundFailed(logger, e, e.Message), time, stoppingToken, Delay);

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var reports = await watch.RunOnceAsync(cancellationToken).ConfigureAwait(false);
        if (reports > 0)
            Log.Reported(logger, reports, time.GetElapsedTime(started).TotalMilliseconds);
    }
}
