using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Tracing.OpenLineage.Telling;

/// <summary>Tells what happened every half minute.</summary>
public sealed class LineageLoop(LineageTeller teller, TimeProvider time, ILogger<LineageLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, teller.RunOnceAsync, e => Log.RoundFailed(logger, e, e.Message), time, stoppingToken);
}
