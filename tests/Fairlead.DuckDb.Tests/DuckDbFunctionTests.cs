using System.Runtime.InteropServices;
using System.Text;

namespace Fairlead.DuckDb.Tests;

public sealed class DuckDbFunctionTests : IDisposable
{
    private readonly DuckDbDatabase database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2" });
    private readonly DuckDbConnection connection;

    public DuckDbFunctionTests() => connection = database.Connect();

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    [Fact]
    public void Call_ManyRowsOnSeveralThreads_GivesEachItsValue()
    {
        var calls = 0L;
        connection.Register("twice", ["BIGINT"], "BIGINT", (arguments, rows, result) =>
        {
            Interlocked.Add(ref calls, rows);
            foreach (var value in arguments[0].Span<long>())
                result.Write(value * 2);
        });
        connection.Execute("create table numbers as select range as n from range(1000000)");
        Assert.Equal(0L, connection.Scalar("select count(*) from numbers where twice(n) <> n * 2"));
        Assert.Equal(1_000_000, Volatile.Read(ref calls));
    }

    [Fact]
    public void Call_StructsListsAndText_AreTakenAndGiven()
    {
        connection.Register("told", ["VARCHAR", "FLOAT[]"], "STRUCT(\"name\" VARCHAR, parts FLOAT[], \"count\" INTEGER)", (arguments, rows, result) =>
        {
            for (var row = 0; row < rows; row++)
            {
                if (arguments[0].IsNull(row))
                {
                    result.WriteNull();
                    continue;
                }

                var (offset, count) = arguments[1].Range(row);
                result.Fields[0].WriteUtf8(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(arguments[0].Bytes(row)) + " described at length"));
                var list = result.Fields[1].BeginList(count);
                for (var i = offset; i < offset + count; i++)
                    list.Write(arguments[1].Children[0].Span<float>()[i] + 1);
                result.Fields[2].Write(count);
                result.EndStruct();
            }
        });
        connection.Execute("create table t as select case when range % 3 = 0 then null else 'row ' || range end as n, list_transform(range(range % 5), x -> x::float) as l, range from range(5000)");
        using var result = connection.Query("select told(n, l) as d, n, l from t order by range");
        var read = 0;
        while (result.Read())
        {
            var d = (IReadOnlyDictionary<string, object?>?)result.Value(0);
            if (read++ % 3 == 0)
            {
                Assert.Null(d);
                continue;
            }

            Assert.Equal($"{result.Value(1)} described at length", d!["name"]);
            var list = (object?[])result.Value(2)!;
            Assert.Equal(list.Select(item => (object?)((float)item! + 1)), (object?[])d["parts"]!);
            Assert.Equal(list.Length, d["count"]);
        }

        Assert.Equal(5000, read);
    }

    [Fact]
    public void Call_WritesWholeColumns_GivesThem()
    {
        connection.Register("pair", ["DOUBLE"], "STRUCT(x DOUBLE)", (arguments, rows, result) =>
        {
            result.Fields[0].WriteAll(MemoryMarshal.AsBytes(arguments[0].Span<double>()));
            result.EndStructs(rows);
        });
        Assert.Equal(4999.0 * 5000 / 2, connection.Scalar("select sum(pair(range::double).x) from range(5000)"));
    }

    [Fact]
    public void Call_WhoseFieldsAreReadApart_IsMadeOnceForEachRow()
    {
        var calls = 0L;
        connection.Register("pair", ["BIGINT"], "STRUCT(x BIGINT, y BIGINT)", (arguments, rows, result) =>
        {
            Interlocked.Add(ref calls, rows);
            foreach (var field in result.Fields)
                field.WriteAll(MemoryMarshal.AsBytes(arguments[0].Span<long>()));
            result.EndStructs(rows);
        });
        connection.Execute("create table numbers as select range as n from range(10000)");
        connection.Execute("create table t as select p.x as x, p.y as y, n from (select n, pair(n) as p from numbers where n % 2 = 0)");
        Assert.Equal(5000L, connection.Scalar("select count(*) from t where x = n and y = n"));
        Assert.Equal(5000, Volatile.Read(ref calls));
    }

    [Fact]
    public void Call_ThatThrows_FailsTheStatementWithItsMessage()
    {
        connection.Register("refuse", ["INTEGER"], "INTEGER", (_, _, _) => throw new InvalidOperationException("no such number"));
        Assert.Contains("no such number", Assert.Throws<DuckDbException>(() => connection.Scalar("select refuse(range::int) from range(10)")).Message, StringComparison.Ordinal);
        Assert.Equal(1, connection.Scalar("select 1"));
    }

    [Fact]
    public void Call_GivesTooFewValues_FailsTheStatement()
    {
        connection.Register("few", ["INTEGER"], "INTEGER", (_, _, result) => result.Write(1));
        Assert.Contains("1 values for 10 rows", Assert.Throws<DuckDbException>(() => connection.Execute("create table x as select few(range::int) from range(10)")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Register_TypeThatDoesNotExist_IsRefused() =>
        Assert.Throws<DuckDbException>(() => connection.Register("f", ["NO_SUCH_TYPE"], "INTEGER", (_, _, _) => { }));

    [Fact]
    public void Register_OnOneConnection_IsKnownToTheOthers()
    {
        connection.Register("one", ["INTEGER"], "INTEGER", (_, rows, result) =>
        {
            for (var row = 0; row < rows; row++)
                result.Write(1);
        });
        using var other = database.Connect();
        Assert.Equal(1, other.Scalar("select one(7)"));
    }
}
