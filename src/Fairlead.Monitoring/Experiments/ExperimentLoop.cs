using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Experiments;

/// <summary>Looks after the experiments every hour: notices those that a rollback ended, and keeps a report of the others.</summary>
public sealed class ExperimentLoop(ExperimentDesk desk, TimeProvider time, ILogger<ExperimentLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, RunOnceAsync, e => Log.RoundFailed(logger, e, e.Message), time, stoppingToken);

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var count = await desk.RefreshAsync(cancellationToken).ConfigureAwait(false);
        if (count > 0)
            Log.Measured(logger, count, time.GetElapsedTime(started).TotalMilliseconds);
    }
}
