using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;
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
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = CallLimit };
    private readonly CancellationTokenSource ending = new();
    private Task running = Task.CompletedTask;

    public TriggerRoom(ControlRooms rooms, StateFolder state, TimeProvider time, ILoggerFactory loggers)
    {
        var expressions = new DuckDbExpressions(time);
        var seams = new TriggerSeams
        {
            Workspace = rooms.Workspace,
            Catalog = rooms.Catalog.Triggers,
            Executions = rooms.Catalog.Executions,
            Starter = rooms.Pipelines.Engine,
            Conditions = expressions,
            Values = expressions,
            Datasets = rooms.Catalog.Datasets,
            Files = new WatchedDatasets(rooms.Workspace, rooms.Steps),
            Alerts = new FiringAlerts(rooms.Monitoring.Alerts),
            Http = http,
        };
        var options = new TriggerDeskOptions { State = state, Secrets = reference => Resolve(rooms.Secrets, reference) };
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
        http.Dispose();
    }

    /// <summary>Triggers belong to no environment, and it is the control plane that needs their secrets.</summary>
    private static string Resolve(ISecretSource secrets, string reference)
    {
        if (!SecretReference.TryParse(reference, out var parsed))
            throw FairleadException.Invalid($"'{reference}' does not say where a secret is kept; write env:NAME, file:/path or secret:NAME.");
        if (parsed.Kind != SecretKind.Variable)
            return secrets.Resolve(parsed, "");
        return Environment.GetEnvironmentVariable(parsed.Target) is { Length: > 0 } value
            ? value
            : throw FairleadException.NotFound($"The secret '{reference}' is not there: the variable '{parsed.Target}' is not set where the control plane runs; set it and start the control plane again.");
    }
}
