using Fairlead.Catalog.Tests.Conformance;

namespace Fairlead.Catalog.Tests.Sqlite;

public sealed class SqliteModelTests : ModelConformance
{
    protected override Task<ICatalogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}
