namespace Fairlead.DuckDb.Tests;

public sealed class DuckDbConnectionTests : IDisposable
{
    private readonly DuckDbDatabase database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2" });
    private readonly DuckDbConnection connection;

    public DuckDbConnectionTests() => connection = database.Connect();

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    [Fact]
    public void Query_Parameters_AreBoundByPosition()
    {
        using var result = connection.Query(
            "select $1::int + 1, $2::varchar, $3::double, $4::boolean, $5::blob, $6::timestamptz, $7::date, $8::int, $9::uuid, $10::bigint, $11::varchar, $12::blob, $13::timestamp",
            41, "grün", 0.5, true, new byte[] { 0, 255 }, DateTimeOffset.UnixEpoch.AddHours(1), new DateOnly(2001, 2, 3), null,
            Guid.Parse("0190a0b0-0000-7000-8000-000000000001"), 1L << 40, "", Array.Empty<byte>(), DateTime.UnixEpoch.AddDays(1));
        Assert.True(result.Read());
        Assert.Equal(42, result.Value(0));
        Assert.Equal("grün", result.Value(1));
        Assert.Equal(0.5, result.Value(2));
        Assert.Equal(true, result.Value(3));
        Assert.Equal(new byte[] { 0, 255 }, result.Value(4));
        Assert.Equal(DateTime.UnixEpoch.AddHours(1), result.Value(5));
        Assert.Equal(new DateOnly(2001, 2, 3), result.Value(6));
        Assert.Null(result.Value(7));
        Assert.Equal(Guid.Parse("0190a0b0-0000-7000-8000-000000000001"), result.Value(8));
        Assert.Equal(1L << 40, result.Value(9));
        Assert.Equal("", result.Value(10));
        Assert.Equal(Array.Empty<byte>(), result.Value(11));
        Assert.Equal(DateTime.UnixEpoch.AddDays(1), result.Value(12));
        Assert.False(result.Read());
    }

    [Fact]
    public void Query_TooManyParameters_IsRefused() =>
        Assert.Throws<DuckDbException>(() => connection.Query("select 1", 2));

    [Theory]
    [InlineData("select nothing from nowhere", "nowhere")]
    [InlineData("selec 1", "syntax error")]
    [InlineData("", "")]
    [InlineData("select 1; select 'broken", "unterminated")]
    public void Prepare_BadSql_CarriesTheNativeMessage(string sql, string expected)
    {
        var error = Assert.Throws<DuckDbException>(() => connection.Prepare(sql));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Prepare_NulInText_IsRefused() =>
        Assert.Throws<DuckDbException>(() => connection.Prepare("select 1 \0; drop table x"));

    [Fact]
    public void Execute_ErrorWhileRunning_CarriesMessageAndKind()
    {
        var error = Assert.Throws<DuckDbException>(() => connection.Execute("select 'x'::int"));
        Assert.Contains("Could not convert string 'x' to INT32", error.Message);
        Assert.Equal(DuckDbErrorKind.Conversion, error.Kind);
    }

    [Fact]
    public void Read_ErrorAfterTheFirstChunks_IsThrownFromRead()
    {
        // With several, the reason of the one that fails may be lost to the interrupt of the others.
        connection.Execute("set threads = 1");
        using var result = connection.Query("select case when range = 900000 then error('boom ' || range) else range end from range(1000000)");
        var error = Assert.Throws<DuckDbException>(() =>
        {
            while (result.Read())
            {
            }
        });
        Assert.Contains("boom 900000", error.Message);
    }

    [Fact]
    public void CountStatements_SeveralAndBroken_AreCountedOrRefused()
    {
        Assert.Equal(2, connection.CountStatements("select 1; drop table x;"));
        Assert.Equal(0, connection.CountStatements("  -- nothing"));
        Assert.Throws<DuckDbException>(() => connection.CountStatements("select ("));
    }

    [Theory]
    [InlineData("select 1", DuckDbStatementKind.Select)]
    [InlineData("explain select 1", DuckDbStatementKind.Explain)]
    [InlineData("create table q (a int)", DuckDbStatementKind.Create)]
    [InlineData("copy (select 1) to 'x.csv'", DuckDbStatementKind.Copy)]
    [InlineData("set threads = 1", DuckDbStatementKind.Set)]
    public void Kind_OfStatement_IsReported(string sql, DuckDbStatementKind expected)
    {
        using var statement = connection.Prepare(sql);
        Assert.Equal(expected, statement.Kind);
    }

    [Fact]
    public void Execute_CancelledBefore_DoesNotRun()
    {
        Assert.Throws<OperationCanceledException>(() => connection.Execute("create table never (a int)", new CancellationToken(canceled: true)));
        Assert.Throws<DuckDbException>(() => connection.Execute("from never"));
    }

    [Fact]
    public void Query_CancelledBeforeTheFirstRow_IsInterruptedAndTheConnectionLives()
    {
        for (var round = 0; round < 5; round++)
        {
            using var source = new CancellationTokenSource(20);
            Assert.ThrowsAny<OperationCanceledException>(() => connection.Query("select a.range from range(100000000) a, range(1000000) b where hash(a.range + b.range) = 5", source.Token));
            Assert.Equal(7, connection.Scalar("select 7"));
        }
    }

    [Fact]
    public void TryReadChunk_CancelledBetweenChunks_IsInterruptedAndTheConnectionLives()
    {
        using var source = new CancellationTokenSource();
        using (var result = connection.Query("select a.range from range(100000000) a, range(1000000) b", source.Token))
        {
            Assert.True(result.TryReadChunk(source.Token));
            source.CancelAfter(20);
            Assert.ThrowsAny<OperationCanceledException>(() => Drain(result, source.Token));
        }

        Assert.Equal(7, connection.Scalar("select 7"));
    }

    [Fact]
    public void Execute_CancelledWhileRunning_IsInterrupted()
    {
        using var source = new CancellationTokenSource(20);
        Assert.ThrowsAny<OperationCanceledException>(() => connection.Execute("create table big as select sum(hash(a.range + b.range)) s from range(10000000) a, range(1000000) b", source.Token));
        Assert.Equal(7, connection.Scalar("select 7"));
    }

    private static void Drain(DuckDbResult result, CancellationToken cancellationToken)
    {
        while (result.TryReadChunk(cancellationToken))
        {
        }
    }
}
