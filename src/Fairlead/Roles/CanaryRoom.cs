using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Alerts.Returns;
using Fairlead.Monitoring.Canaries;
using Fairlead.Monitoring.Canaries.Metrics;
using Fairlead.Monitoring.Canaries.Rollouts;
using Fairlead.Predictions.Analysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts together what judging canaries needs of the other rooms: who asks is a rollout, or a stage of a pipeline.</summary>
internal sealed class CanaryRoom : IDisposable
{
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(10);
    private readonly HttpClient prometheus = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = QueryLimit };
    private readonly HostSamples samples;
    private readonly ControlRooms rooms;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;

    public CanaryRoom(ControlRooms rooms, StateFolder state, TimeProvider time, ILoggerFactory loggers)
    {
        this.rooms = rooms;
        this.time = time;
        this.loggers = loggers;
        samples = new HostSamples(state.HostSamples, time.GetUtcNow());
        Desk = new CanaryDesk(
            new PredictionAnalysis(rooms.Predictions, state), samples, prometheus, Environment.GetEnvironmentVariable, rooms.Catalog.Records, rooms.Store, time, loggers.CreateLogger<CanaryDesk>());
        Rollouts = new RolloutAnalysis(Desk, rooms.Workspace);
    }

    public CanaryDesk Desk { get; }

    public IRolloutAnalysis Rollouts { get; }

    /// <summary>Makes it known to the endpoints, and starts what samples hosts and what takes releases back.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Desk);
        services.AddHostedService(_ => new HostSampleLoop(
            samples, () => [.. rooms.Hosts.Latest.Where(host => host.IsReachable).Select(host => host.Report)], time, loggers.CreateLogger<HostSampleLoop>()));
        services.AddHostedService(_ => new AlertReturnLoop(
            new AlertReturns(rooms.Workspace, rooms.Catalog.Records, rooms.Rollouts, rooms.Catalog.Audit, time, loggers.CreateLogger<AlertReturns>()), time, loggers.CreateLogger<AlertReturnLoop>()));
    }

    public void Dispose() => prometheus.Dispose();
}
