using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Catalog.Tests.Conformance;

/// <summary>An empty catalog of some adapter, for one test.</summary>
public interface ICatalogUnderTest : IAsyncDisposable
{
    IDatasetCatalog Datasets { get; }

    IRunCatalog Runs { get; }

    IModelCatalog Models { get; }

    IReleaseCatalog Releases { get; }

    IServerGroupCatalog ServerGroups { get; }

    ISegmentCatalog Segments { get; }

    IRecordCatalog Records { get; }

    IExecutionCatalog Executions { get; }

    ITriggerCatalog Triggers { get; }

    /// <summary>Closes and opens it, as a restart of the control plane does.</summary>
    Task ReopenAsync();
}
