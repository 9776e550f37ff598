using Fairlead.Domain.Deployments;
using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Samples what hosts report.</summary>
/// <param name="hosts">What those that can be reached last said of themselves.</param>
public sealed class HostSampleLoop(HostSamples samples, Func<IReadOnlyList<HostReport>> hosts, TimeProvider time, ILogger<HostSampleLoop> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PeriodicWork.RunAsync(
        HostSamples.Period,
        _ =>
        {
            samples.Take(hosts(), time.GetUtcNow());
            return Task.CompletedTask;
        },
        e => Log.SamplingFailed(logger, e, e.Message),
        time,
        stoppingToken);
}
