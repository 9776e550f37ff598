using Fairlead.Artifacts;
using Fairlead.Catalog.Sqlite;
using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.Releases;
using Fairlead.Delivery.States;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.DuckDb;
using Fairlead.Inference;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tracing;
using Fairlead.ProjectFile;
using Fairlead.Steps;
using Fairlead.Steps.Workspace;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>The rooms of the control plane, opened in the order in which they need one another and closed in the reverse.</summary>
internal sealed class ControlRooms : IAsyncDisposable
{
    private readonly Stack<object> opened = new();

    private ControlRooms()
    {
    }

    public required StepEngine Steps { get; init; }

    public required Deployer Deployer { get; init; }

    public required LogCompactor Compactor { get; init; }
}
