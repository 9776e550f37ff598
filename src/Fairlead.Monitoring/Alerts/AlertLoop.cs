using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Alerts;

/// <summary>Looks at the rules every half minute.</summary>
public sealed class AlertLoop(AlertDesk desk, TimeProvider time, ILogger<AlertLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, desk.RunOnceAsync, e => Log.RoundFailed(logger, e, e.Message), time, stoppingToken, delay: Period);
}
