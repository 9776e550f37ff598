using System.Text.Json.Nodes;
using Fairlead.Domain.Sweeps;
using Fairlead.ProjectFile;
using Fairlead.Steps.Trials;
using Fairlead.Sweeps.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts together what sweeps need of the other rooms.</summary>
internal sealed class SweepRoom
{
    private readonly SweepCatalog sweeps;
    private readonly SweepDesk desk;
    private readonly SweepPromoter promoter;

    /// <param name="parallelism">Steps that the engine executes at the same time.</param>
    public SweepRoom(ControlRooms rooms, int parallelism, TimeProvider time, ILoggerFactory loggers)
    {
        sweeps = new SweepCatalog(rooms.Catalog.Records);
        desk = new SweepDesk(rooms.Workspace, new StepTrialGraphs(rooms.Steps, parallelism), rooms.Catalog.Runs, sweeps, time, loggers.CreateLogger<SweepDesk>());
        promoter = new SweepPromoter(sweeps, rooms.Workspace, new ParameterCommits(rooms.Workspace, Edit), time);
    }

    /// <summary>Marks what a predecessor left under way.</summary>
    public Task RecoverAsync(CancellationToken cancellationToken) => desk.RecoverAsync(cancellationToken);

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(sweeps);
        services.AddSingleton(desk);
        services.AddSingleton(promoter);
    }

    private static string Edit(string text, ParameterChange change) =>
        ProjectFileEditor.Set(text, ["steps", change.Step, "params", change.Parameter], JsonNode.Parse(change.Value.GetRawText()));
}
