using System.Text;

namespace Fairlead.DuckDb.Tests;

public sealed class DuckDbAppenderTests : IDisposable
{
    private readonly DuckDbDatabase database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "1" });
    private readonly DuckDbConnection connection;

    public DuckDbAppenderTests() => connection = database.Connect();

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    [Fact]
    public void Append_NestedColumns_ReadsBackAsWritten()
    {
        connection.Execute("create table t (id uuid, name varchar, s struct(x double, tags varchar[], deep struct(n int)), l float[], b blob, ll int[][])");
        var random = new Random(7);
        var expected = new List<object?[]>();
        using (var appender = connection.OpenAppender("t"))
        {
            for (var row = 0; row < 10_000; row++)
                expected.Add(AppendRow(appender, random));
            appender.Complete();
        }

        using var result = connection.Query("select * from t");
        foreach (var row in expected)
        {
            Assert.True(result.Read());
            for (var column = 0; column < row.Length; column++)
                Assert.Equal(row[column], result.Value(column));
        }

        Assert.False(result.Read());
    }

    [Fact]
    public void Dispose_WithoutComplete_AppendsNothing()
    {
        connection.Execute("create table t (a int)");
        using (var appender = connection.OpenAppender("t"))
        {
            for (var row = 0; row < 5000; row++)
            {
                appender[0].Write(row);
                appender.EndRow();
            }
        }

        Assert.Equal(0L, connection.Scalar("select count(*) from t"));
    }

    [Fact]
    public void OpenAppender_UnknownTable_CarriesTheNativeMessage()
    {
        var error = Assert.Throws<DuckDbException>(() => connection.OpenAppender("missing"));
        Assert.Contains("missing", error.Message);
    }

    [Fact]
    public void Misuse_WrongSizeMissingColumnOrBadText_Throws()
    {
        connection.Execute("create table t (a int, b varchar)");
        using var appender = connection.OpenAppender("t");
        Assert.Throws<InvalidOperationException>(() => appender[0].Write(1L));
        Assert.Throws<InvalidOperationException>(() => appender[0].WriteUtf8("x"u8));
        Assert.Throws<ArgumentException>(() => appender[1].WriteUtf8([0xFF]));
        appender[0].Write(1);
        Assert.Throws<InvalidOperationException>(appender.EndRow);
    }

    [Fact]
    public void Append_ConstraintViolated_CarriesTheNativeMessage()
    {
        connection.Execute("create table t (a int not null)");
        using var appender = connection.OpenAppender("t");
        appender[0].WriteNull();
        appender.EndRow();
        Assert.Contains("NOT NULL", Assert.Throws<DuckDbException>(appender.Complete).Message);
    }

    private static object?[] AppendRow(DuckDbAppender appender, Random random)
    {
        var id = new byte[16];
        random.NextBytes(id);
        appender[0].WriteUuid(id);
        var name = random.Next(4) == 0 ? null : new string('n', random.Next(40)) + "ü";
        WriteText(appender[1], name);
        var structure = AppendStruct(appender[2], random);
        object?[]? floats = random.Next(4) == 0 ? null : new object?[random.Next(50)];
        if (floats is null)
            appender[3].WriteNull();
        else
            WriteFloats(appender[3].BeginList(floats.Length), floats, random);
        var blob = new byte[random.Next(30)];
        random.NextBytes(blob);
        appender[4].WriteBlob(blob);
        var lists = new object?[random.Next(4)];
        var outer = appender[5].BeginList(lists.Length);
        for (var i = 0; i < lists.Length; i++)
        {
            var inner = outer.BeginList(i);
            for (var j = 0; j < i; j++)
                inner.Write(j);
            lists[i] = Enumerable.Range(0, i).Select(j => (object?)j).ToArray();
        }

        appender.EndRow();
        return [new Guid(id, bigEndian: true), name, structure, floats, blob, lists];
    }

    private static Dictionary<string, object?>? AppendStruct(DuckDbColumnWriter column, Random random)
    {
        if (random.Next(4) == 0)
        {
            column.WriteNull();
            return null;
        }

        var x = random.NextDouble();
        column.Fields[0].Write(x);
        var tags = new object?[random.Next(3)];
        var list = column.Fields[1].BeginList(tags.Length);
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = random.Next(2) == 0 ? null : $"tag number {random.Next(100000)}";
            WriteText(list, (string?)tags[i]);
        }

        var number = random.Next(10);
        column.Fields[2].Fields[0].Write(number);
        column.Fields[2].EndStruct();
        column.EndStruct();
        return new Dictionary<string, object?> { ["x"] = x, ["tags"] = tags, ["deep"] = new Dictionary<string, object?> { ["n"] = number } };
    }

    private static void WriteFloats(DuckDbColumnWriter element, object?[] floats, Random random)
    {
        for (var i = 0; i < floats.Length; i++)
        {
            var value = random.NextSingle();
            floats[i] = value;
            element.Write(value);
        }
    }

    private static void WriteText(DuckDbColumnWriter column, string? text)
    {
        if (text is null)
            column.WriteNull();
        else
            column.WriteUtf8(Encoding.UTF8.GetBytes(text));
    }
}
