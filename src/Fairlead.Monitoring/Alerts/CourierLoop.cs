using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Alerts;

/// <summary>Delivers what is due every few seconds.</summary>
public sealed class CourierLoop(WebhookCourier courier, TimeProvider time, ILogger<CourierLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, courier.RunOnceAsync, e => Log.RoundFailed(logger, e, e.Message), time, stoppingToken, delay: Period);
}
