using Fairlead.Catalog.Tests.Conformance;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Catalog.Tests.Sqlite;

internal sealed class SqliteUnderTest : ICatalogUnderTest
{
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-catalog-").FullName;
    private SqliteCatalog catalog;

    private SqliteUnderTest() => catalog = Open();

    // Through the interfaces, as the rooms use it.
    public IDatasetCatalog Datasets => catalog;

    public IRunCatalog Runs => catalog;

    public IModelCatalog Models => catalog;

    public IReleaseCatalog Releases => catalog;

    public IServerGroupCatalog ServerGroups => catalog;

    public ISegmentCatalog Segments => catalog;

    public IRecordCatalog Records => catalog;

    public IExecutionCatalog Executions => catalog.Executions;

    public ITriggerCatalog Triggers => catalog.Triggers;

    public static Task<ICatalogUnderTest> OpenAsync() => Task.FromResult<ICatalogUnderTest>(new SqliteUnderTest());

    public async Task ReopenAsync()
    {
        await catalog.DisposeAsync();
        catalog = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await catalog.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private SqliteCatalog Open() => SqliteCatalog.Open(Path.Combine(folder, "catalog.db"), TimeProvider.System);
}
