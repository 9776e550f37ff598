namespace Fairlead.DuckDb.Tests;

public sealed class DuckDbValueTests : IDisposable
{
    private readonly DuckDbDatabase database = DuckDbDatabase.OpenInMemory();
    private readonly DuckDbConnection connection;

    public DuckDbValueTests() => connection = database.Connect();

    public static TheoryData<string, object?> Scalars => new()
    {
        { "true", true },
        { "(-5)::tinyint", (sbyte)-5 },
        { "(-300)::smallint", (short)-300 },
        { "7::int", 7 },
        { "9223372036854775807", long.MaxValue },
        { "255::utinyint", (byte)255 },
        { "65535::usmallint", ushort.MaxValue },
        { "4294967295::uinteger", uint.MaxValue },
        { "18446744073709551615::ubigint", ulong.MaxValue },
        { "(-170141183460469231731687303715884105727)::hugeint", -Int128.MaxValue },
        { "340282366920938463463374607431768211455::uhugeint", UInt128.MaxValue },
        { "1.5::float", 1.5f },
        { "'nan'::double", double.NaN },
        { "12.34::decimal(4,2)", 12.34m },
        { "-12345.678::decimal(9,3)", -12345.678m },
        { "123456789012.345678::decimal(18,6)", 123456789012.345678m },
        { "-1234567890123456789012.345678::decimal(28,6)", -1234567890123456789012.345678m },
        { "'-0.12345678901234567890123456789012345678'::decimal(38,38)", "-0.12345678901234567890123456789012345678" },
        { "'short'", "short" },
        { "'longer than twelve bytes: ü'", "longer than twelve bytes: ü" },
        { "''", "" },
        { "'\\x00\\xFF'::blob", new byte[] { 0, 255 } },
        { "'f0e1d2c3-b4a5-7697-8879-6a5b4c3d2e1f'::uuid", Guid.Parse("f0e1d2c3-b4a5-7697-8879-6a5b4c3d2e1f") },
        { "date '2001-01-31'", new DateOnly(2001, 1, 31) },
        { "date 'infinity'", DateOnly.MaxValue },
        { "time '13:14:15.123456'", new TimeOnly(13, 14, 15, 123, 456) },
        { "timestamp '1969-12-31 23:59:59.5'", new DateTime(1969, 12, 31, 23, 59, 59, 500) },
        { "timestamp '-infinity'", DateTime.MinValue },
        { "timestamptz '2001-01-31 00:00:00+01'", new DateTime(2001, 1, 30, 23, 0, 0, DateTimeKind.Utc) },
        { "'2001-01-31 01:02:03'::timestamp_s", new DateTime(2001, 1, 31, 1, 2, 3) },
        { "'2001-01-31 01:02:03.004'::timestamp_ms", new DateTime(2001, 1, 31, 1, 2, 3, 4) },
        { "'2001-01-31 01:02:03.0000001'::timestamp_ns", new DateTime(2001, 1, 31, 1, 2, 3).AddTicks(1) },
        { "interval '14 months 3 days 1.5 seconds'", new DuckDbInterval(14, 3, 1_500_000) },
        { "'b'::enum('a', 'b')", "b" },
        { "null", null },
        { "null::struct(a int)", null },
        { "[1, null, 3]", new object?[] { 1, null, 3 } },
        { "[]::int[]", Array.Empty<object?>() },
        { "[['a'], null, []]", new object?[] { new object?[] { "a" }, null, Array.Empty<object?>() } },
        { "{'a': 1, 'b': {'c': 'x'}}", new Dictionary<string, object?> { ["a"] = 1, ["b"] = new Dictionary<string, object?> { ["c"] = "x" } } },
        { "map {'k': 1, 'l': null}", new KeyValuePair<object, object?>[] { new("k", 1), new("l", null) } },
    };

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    [Theory]
    [MemberData(nameof(Scalars), DisableDiscoveryEnumeration = true)]
    public void Value_OfEveryType_IsRead(string expression, object? expected)
    {
        Assert.Equal(expected, connection.Scalar($"select {expression}"));
        // The same in the middle of a column, between NULLs, across chunks.
        using var result = connection.Query($"select case when range % 3 = 1 then {expression} end from range(3000)");
        for (var row = 0; row < 3000; row++)
        {
            Assert.True(result.Read());
            Assert.Equal(row % 3 == 1 ? expected : null, result.Value(0));
        }
    }

    [Fact]
    public void Value_OfArray_IsRead()
    {
        using var result = connection.Query("select [range, range + 0.5]::float[2] from range(3000)");
        for (var row = 0; row < 3000; row++)
        {
            Assert.True(result.Read());
            Assert.Equal(new object?[] { (float)row, row + 0.5f }, result.Value(0));
        }
    }

    [Fact]
    public void Type_OfResult_IsNamedAsInSql()
    {
        using var result = connection.Query("select {'a\"b': 1.25::decimal(7,2), 'c': [1]} s, map {1: 'x'} m, [1,2]::int[2] a, now() t");
        Assert.Equal("STRUCT(\"a\"\"b\" DECIMAL(7,2), \"c\" INTEGER[])", result.Columns[0].Type.ToString());
        Assert.Equal("MAP(INTEGER, VARCHAR)", result.Columns[1].Type.ToString());
        Assert.Equal("INTEGER[2]", result.Columns[2].Type.ToString());
        Assert.Equal("TIMESTAMP WITH TIME ZONE", result.Columns[3].Type.ToString());
        Assert.Equal(["s", "m", "a", "t"], result.Columns.Select(column => column.Name));
    }

    [Fact]
    public void Value_OfTypeWithoutForm_SaysWhatToDo()
    {
        var error = Assert.Throws<NotSupportedException>(() => connection.Scalar("select '0101'::bit"));
        Assert.Contains("cast it to VARCHAR", error.Message);
    }

    [Fact]
    public void Interval_Text_IsIso8601()
    {
        Assert.Equal("P1M2DT3.5S", new DuckDbInterval(1, 2, 3_500_000).ToString());
        Assert.Equal("PT0S", default(DuckDbInterval).ToString());
    }

    [Fact]
    public void Chunk_Spans_AreReadInPlace()
    {
        using var result = connection.Query("select range::bigint a, 'text ' || range b from range(5000)");
        var sum = 0L;
        var length = 0;
        while (result.TryReadChunk())
        {
            foreach (var value in result.Column(0).Span<long>())
                sum += value;
            for (var row = 0; row < result.ChunkRows; row++)
                length += result.Column(1).Bytes(row).Length;
        }

        Assert.Equal(12_497_500, sum);
        Assert.Equal((5 * 5000) + 10 + 180 + 2700 + 16000, length);
    }
}
