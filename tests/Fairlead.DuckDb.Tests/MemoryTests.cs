using Fairlead.Testing;

namespace Fairlead.DuckDb.Tests;

/// <summary>A leak of one small native object per call would show as tens of megabytes after a million calls.</summary>
public sealed class MemoryTests
{
    private const long Bound = 24L << 20;
    private const int BatchSize = 4_000;

    [Fact]
    public void Calls_AMillion_LeaveMemoryFlat()
    {
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "1", ["memory_limit"] = "200MB" });
        using var connection = database.Connect();
        connection.Execute("create table t (a bigint, b varchar, c struct(d varchar[]))");
        using var statement = connection.Prepare("select $1::varchar || ' and more than twelve bytes', {'a': [1]}");
        Work(connection, statement, 20_000);
        var before = ResidentBytes();
        Work(connection, statement, Campaign.Rounds(200_000, 1_000_000));
        var growth = ResidentBytes() - before;
        Assert.True(growth < Bound, $"The resident size grew by {growth >> 20} MB.");
    }

    [Fact]
    public void Databases_OpenedAndClosed_LeaveMemoryFlat()
    {
        OpenAndClose(30);
        var before = ResidentBytes();
        OpenAndClose(100);
        var growth = ResidentBytes() - before;
        Assert.True(growth < Bound * 2, $"The resident size grew by {growth >> 20} MB.");
    }

    private static void Work(DuckDbConnection connection, DuckDbStatement statement, int rounds)
    {
        for (var round = 0; round < rounds; round += BatchSize)
            WorkBatch(connection, statement);
    }

    // Each round is five calls that take and give back native objects: bind, execute, fetch, failed prepare every tenth, append.
    // The appender is never completed: the table does not grow.
    private static void WorkBatch(DuckDbConnection connection, DuckDbStatement statement)
    {
        using var appender = connection.OpenAppender("t");
        for (var round = 0; round < BatchSize; round++)
        {
            statement.Bind(1, "some text");
            using (var result = statement.Execute())
            {
                Assert.True(result.TryReadChunk());
                Assert.Equal(9 + 27, result.Column(0).Bytes(0).Length);
            }

            if (round % 10 == 0)
                Assert.Throws<DuckDbException>(() => connection.Prepare("select from nothing at all"));
            appender[0].Write((long)round);
            appender[1].WriteUtf8("a text longer than twelve bytes"u8);
            appender[2].Fields[0].BeginList(1).WriteUtf8("another text longer than twelve bytes"u8);
            appender[2].EndStruct();
            appender.EndRow();
        }
    }

    private static void OpenAndClose(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "1" });
            using var connection = database.Connect();
            Assert.Equal(499_500L, Convert.ToInt64(connection.Scalar("select sum(range)::bigint from range(1000)")));
        }
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
