using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.Deployments;

/// <summary>Takes away again and again what was kept warm long enough.</summary>
public sealed class GroupCleaning(ServerGroupDesk desk, TimeProvider time, ILogger<GroupCleaning> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, desk.CleanUpAsync, e => Log.CleanUpFailed(logger, e), time, stoppingToken, delay: Period);
}
