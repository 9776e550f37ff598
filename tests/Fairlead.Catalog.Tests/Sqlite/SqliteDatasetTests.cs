using Fairlead.Catalog.Tests.Conformance;

namespace Fairlead.Catalog.Tests.Sqlite;

public sealed class SqliteDatasetTests : DatasetConformance
{
    protected override Task<ICatalogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}
