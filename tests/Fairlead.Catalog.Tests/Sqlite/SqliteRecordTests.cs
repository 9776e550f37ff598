using Fairlead.Catalog.Tests.Conformance;

namespace Fairlead.Catalog.Tests.Sqlite;

public sealed class SqliteRecordTests : RecordConformance
{
    protected override Task<ICatalogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}
