using Fairlead.DuckDb;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tests.Query;

public sealed class ReadPlanTests : IDisposable
{
    private readonly DuckDbDatabase database = DuckDbDatabase.OpenInMemory();
    private readonly DuckDbConnection connection;

    public ReadPlanTests() => connection = database.Connect();

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    [Theory]
    [InlineData("select 1")]
    [InlineData("select $a::INTEGER + sum(range) from range(10)")]
    [InlineData("values (1), (2)")]
    [InlineData("explain select 1")]
    public void ReadsTables_WithoutAny_IsFalse(string sql) => Assert.False(SqlGuard.Check(connection, sql).ReadsTables);

    [Theory]
    [InlineData("select count(*) from predictions")]
    [InlineData("select 1 where exists (from scored)")]
    [InlineData("show tables")]
    [InlineData("show")]
    [InlineData("show all tables")]
    [InlineData("describe")]
    [InlineData("describe runs")]
    [InlineData("describe select 1")]
    [InlineData("summarize predictions")]
    [InlineData("from (show tables)")]
    [InlineData("select * from duckdb_views()")]
    [InlineData("select * from DuckDB_Columns()")]
    [InlineData("select * from information_schema.tables")]
    public void ReadsTables_OfAStatementThatReadsOrListsThem_IsTrue(string sql) => Assert.True(SqlGuard.Check(connection, sql).ReadsTables);
}
