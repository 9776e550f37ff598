using Fairlead.Catalog;
using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Alerts;
using Fairlead.Monitoring.Kpis;
using Fairlead.Predictions.Analysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>KPIs and alerts, with what keeps them going.</summary>
internal sealed class MonitoringRooms : IDisposable
{
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;

    public MonitoringRooms(SqliteCatalog catalog, IWorkspace workspace, PredictionAnalysis analysis, INoticeOutbox outbox, HostReports hosts, TimeProvider time, ILoggerFactory loggers)
    {
        this.time = time;
        this.loggers = loggers;
        Kpis = new KpiDesk(workspace, analysis, catalog.Records, time, loggers.CreateLogger<KpiDesk>());
        Alerts = new AlertDesk(
            workspace, analysis, catalog.Records, outbox, catalog.Notices, catalog.ServerGroups, () => [.. hosts.Latest.Where(host => host.IsReachable).Select(host => host.Report)], time, loggers.CreateLogger<AlertDesk>());
    }

    public KpiDesk Kpis { get; }

    public AlertDesk Alerts { get; }

    /// <summary>Makes them known to the endpoints, and starts their loops with the server.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Kpis);
        services.AddSingleton(Alerts);
        services.AddHostedService(_ => new KpiLoop(Kpis, time, loggers.CreateLogger<KpiLoop>()));
        services.AddHostedService(_ => new AlertLoop(Alerts, time, loggers.CreateLogger<AlertLoop>()));
    }

    public void Dispose()
    {
        Kpis.Dispose();
        Alerts.Dispose();
    }
}
