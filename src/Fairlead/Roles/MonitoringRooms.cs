using Fairlead.Catalog;
using Fairlead.Delivery.Hosts;
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
    private static readonly TimeSpan WebhookLimit = TimeSpan.FromSeconds(10);
    private readonly HttpClient webhooks = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = WebhookLimit };
    private readonly WebhookCourier courier;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;

    public MonitoringRooms(SqliteCatalog catalog, IWorkspace workspace, PredictionAnalysis analysis, HostReports hosts, TimeProvider time, ILoggerFactory loggers)
    {
        this.time = time;
        this.loggers = loggers;
        Kpis = new KpiDesk(workspace, analysis, catalog.Records, time, loggers.CreateLogger<KpiDesk>());
        Alerts = new AlertDesk(
            workspace, analysis, catalog.Records, catalog.ServerGroups, () => [.. hosts.Latest.Where(host => host.IsReachable).Select(host => host.Report)], time, loggers.CreateLogger<AlertDesk>());
        courier = new WebhookCourier(workspace, catalog.Records, webhooks, Environment.GetEnvironmentVariable, time, loggers.CreateLogger<WebhookCourier>());
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
        services.AddHostedService(_ => new CourierLoop(courier, time, loggers.CreateLogger<CourierLoop>()));
    }

    public void Dispose()
    {
        Kpis.Dispose();
        Alerts.Dispose();
        webhooks.Dispose();
    }
}
