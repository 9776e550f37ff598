using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Projects;

namespace Fairlead.Triggers.Running;

/// <summary>What triggers need of other rooms.</summary>
public sealed record TriggerSeams
{
    public required IWorkspace Workspace { get; init; }

    public required ITriggerCatalog Catalog { get; init; }

    public required IExecutionCatalog Executions { get; init; }

    public required IExecutionStarter Starter { get; init; }

    public required IExpressionEvaluator Conditions { get; init; }

    public required IValueEvaluator Values { get; init; }

    public required IDatasetCatalog Datasets { get; init; }

    public required IWatchedDatasets Files { get; init; }

    public required IFiringAlerts Alerts { get; init; }

    public required IImageTags Tags { get; init; }
}
