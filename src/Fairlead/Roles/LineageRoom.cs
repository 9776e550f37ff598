using Fairlead.Catalog;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Tracing.OpenLineage.Telling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Tells other systems of lineage as it happens.</summary>
internal sealed class LineageRoom : IDisposable
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);
    private readonly HttpClient collector = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = CallLimit };
    private readonly LineageTeller teller;
    private readonly TimeProvider time;
    private readonly ILoggerFactory loggers;

    public LineageRoom(SqliteCatalog catalog, IWorkspace workspace, TimeProvider time, ILoggerFactory loggers)
    {
        (this.time, this.loggers) = (time, loggers);
        teller = new LineageTeller(
            workspace, catalog.ServerGroups, catalog.Releases, catalog.Runs, catalog.Models, catalog.Datasets, catalog.Records, collector, Environment.GetEnvironmentVariable, time, loggers.CreateLogger<LineageTeller>());
    }

    /// <summary>Starts its loop with the server.</summary>
    public void AddTo(IServiceCollection services) => services.AddHostedService(_ => new LineageLoop(teller, time, loggers.CreateLogger<LineageLoop>()));

    public void Dispose() => collector.Dispose();
}
