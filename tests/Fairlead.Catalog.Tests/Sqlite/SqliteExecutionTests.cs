using Fairlead.Catalog.Tests.Conformance;

namespace Fairlead.Catalog.Tests.Sqlite;

public sealed class SqliteExecutionTests : ExecutionConformance
{
    protected override Task<ICatalogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}
