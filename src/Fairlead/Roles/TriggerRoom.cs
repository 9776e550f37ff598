using Fairlead.Artifacts.Registry;
using Fairlead.Domain.Projects;
using Fairlead.Roles.Stages;
using Fairlead.Roles.Triggers;
using Fairlead.Triggers.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts together what triggers need of the other rooms, and keeps them going.</summary>
internal sealed class TriggerRoom : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private Task running = Task.CompletedTask;

    public TriggerRoom(ControlRooms rooms, StateFolder state, TimeProvider time, ILoggerFactory loggers)
    {
        var seams = new TriggerSeams
        {
            Workspace = rooms.Workspace,
            Catalog = rooms.Catalog.Triggers,
            Executions = rooms.Catalog.Executions,
            Starter = rooms.Pipelines.Engine,
            Conditions = rooms.Expressions,
            Values = rooms.Expressions,
            Datasets = rooms.Catalog.Datasets,
            Files = new WatchedDatasets(rooms.Workspace, rooms.Steps),
            Alerts = new FiringAlerts(rooms.Monitoring.Alerts),
            Tags = new RegistryTags(time),
        };
        var options = new TriggerDeskOptions { State = state, Secrets = reference => ControlSecrets.Resolve(rooms.Secrets, reference) };
        Desk = new TriggerDesk(seams, options, time, loggers.CreateLogger<TriggerDesk>());
    }

    public TriggerDesk Desk { get; }

    /// <summary>Makes them known to the endpoints.</summary>
    public void AddTo(IServiceCollection services) => services.AddSingleton(Desk);

    /// <summary>Begins to look; to be called once executions go on.</summary>
    public void Begin() => running = Desk.RunAsync(ending.Token);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
    }
}
