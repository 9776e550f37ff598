using Fairlead.Catalog.Tests.Conformance;

namespace Fairlead.Catalog.Tests.Sqlite;

public sealed class SqliteTriggerTests : TriggerConformance
{
    protected override Task<ICatalogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}
