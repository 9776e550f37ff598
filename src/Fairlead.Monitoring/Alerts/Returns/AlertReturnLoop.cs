using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Alerts.Returns;

/// <summary>Looks every few seconds whether an alert takes a release back.</summary>
public sealed class AlertReturnLoop(AlertReturns returns, TimeProvider time, ILogger<AlertReturnLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, returns.RunOnceAsync, e => Log.RoundFailed(logger, e, e.Message), time, stoppingToken, delay: Period);
}
