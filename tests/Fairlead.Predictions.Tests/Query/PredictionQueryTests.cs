using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Query;

public sealed class PredictionQueryTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Run_NoPredictions_ViewsHaveTheirColumnsAndNoRows()
    {
        foreach (var view in new[] { "predictions", "outcomes", "scored" })
        {
            await using var result = await bench.Query.RunAsync($"select * from {view}", new QueryOptions(), TestContext.Current.CancellationToken);
            Assert.Contains(result.Columns, column => column is { Name: "time", Type: "TIMESTAMP WITH TIME ZONE" });
            Assert.Empty(await bench.AskAsync($"select * from {view}"));
        }

        Assert.Equal(0L, await bench.AskOneAsync("select count(*) from scored where environment = 'prod' and status = 200"));
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync("select avg(output.late) from predictions"));
        Assert.Contains("There is no prediction yet", error.Message);
    }

    [Fact]
    public async Task Run_UnsealedRecords_AreSeenAtOnceAndOnce()
    {
        var context = Workbench.Flights();
        for (var i = 1; i <= 50; i++)
        {
            bench.AppendFlight(context, "SFO", i, 0.5f);
            Assert.Equal((long)i, await bench.AskOneAsync("select count(*) from predictions"));
        }

        Assert.True(Directory.EnumerateFiles(Path.Combine(bench.Folder.Predictions, ".tail"), "*.parquet", SearchOption.AllDirectories).Count() <= 17);
        bench.Seal();
        Assert.Equal(1275L, await bench.AskOneAsync("select sum(input.hour)::bigint from predictions"));
        await bench.CompactAsync();
        Assert.Equal(1275L, await bench.AskOneAsync("select sum(input.hour)::bigint from predictions"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(bench.Folder.Predictions, ".tail"), "*.parquet", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Run_WhileCompacting_SeesEveryRowExactlyOnce()
    {
        const int Total = 6_000;
        var context = Workbench.Flights();
        var (appended, compacted) = (0, 0);
        using var writer = bench.Open("small", segmentBytes: 16 * 1024);
        using var stop = new CancellationTokenSource();
        var compaction = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                Interlocked.Add(ref compacted, (await bench.Compactor.RunOnceAsync(CancellationToken.None)).Segments);
        });
        var appending = Task.Run(() =>
        {
            for (var i = 0; i < Total; i++)
            {
                var id = bench.NewId(Workbench.Noon + i);
                Assert.True(writer.TryAppend(context, new() { Id = id, TimeMicroseconds = Workbench.Noon + i, LatencyMicroseconds = 1, Status = 200, Rows = 1 }, out _));
                Interlocked.Increment(ref appended);
            }
        });
        var queries = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var asked = 0;
            // On a busy machine all may be appended before the first segment is compacted.
            while (Volatile.Read(ref appended) < Total || asked == 0 || Volatile.Read(ref compacted) == 0)
            {
                var before = Volatile.Read(ref appended);
                var row = Assert.Single(await bench.AskAsync("select count(*), count(distinct id) from predictions"));
                Assert.Equal(row[0], row[1]);
                Assert.InRange((long)row[0]!, before, Total);
                asked++;
            }
        })).ToList();
        await Task.WhenAll([appending, .. queries]);
        Assert.Equal((long)Total, await bench.AskOneAsync("select count(*) from predictions"));
        await stop.CancelAsync();
        await compaction;
        Assert.NotEmpty(await bench.Catalog.ListSegmentsAsync(TestContext.Current.CancellationToken));
        Assert.Equal((long)Total, await bench.AskOneAsync("select count(distinct id) from predictions"));
    }

    [Fact]
    public async Task Run_ResultHeldOpenWhileItsTailIsCompacted_ReadsToTheEnd()
    {
        var context = Workbench.Flights();
        for (var i = 0; i < 10_000; i++)
            bench.AppendFlight(context, "SFO", i, 0.5f);
        await using var held = await bench.Query.RunAsync("select input.hour from predictions", new QueryOptions(), TestContext.Current.CancellationToken);
        await bench.CompactAsync();
        Assert.Equal(10_000L, await bench.AskOneAsync("select count(*) from predictions"));
        var count = 0;
        await foreach (var row in held.ReadRowsAsync(TestContext.Current.CancellationToken))
            count++;
        Assert.Equal(10_000, count);
    }

    [Fact]
    public async Task Run_Limit_CutsAndSaysSo()
    {
        for (var i = 0; i < 10; i++)
            bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f);
        await using var cut = await bench.Query.RunAsync("from predictions", new QueryOptions { Limit = 9 }, TestContext.Current.CancellationToken);
        Assert.Equal(9, await CountAsync(cut));
        Assert.True(cut.IsTruncated);
        await using var whole = await bench.Query.RunAsync("from predictions", new QueryOptions { Limit = 10 }, TestContext.Current.CancellationToken);
        Assert.Equal(10, await CountAsync(whole));
        Assert.False(whole.IsTruncated);
    }

    [Fact]
    public async Task Run_TooLong_FailsWithTheTimeAllowed()
    {
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync(
            "select sum(hash(a.range + b.range)) from range(10000000) a, range(1000000) b",
            new QueryOptions { Timeout = TimeSpan.FromMilliseconds(100) }));
        Assert.Equal(ProblemKind.Failed, error.Kind);
        Assert.Contains("0.1 s", error.Message);
        Assert.Equal(1L, await bench.AskOneAsync("select 1"));
    }

    [Fact]
    public async Task Run_Cancelled_Ends()
    {
        using var source = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            bench.Query.RunAsync("select sum(hash(a.range + b.range)) from range(10000000) a, range(1000000) b", new QueryOptions(), source.Token));
    }

    [Fact]
    public async Task Run_TooMuchMemory_IsExhaustedAndTheNextQueryRuns()
    {
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync("select list(repeat('x', 1000) || range) from range(4000000)"));
        Assert.Equal(ProblemKind.Exhausted, error.Kind);
        Assert.Equal(1L, await bench.AskOneAsync("select 1"));
    }

    [Fact]
    public async Task Run_Values_AreAsJsonHasThem()
    {
        Assert.Equal(
            ["P1DT1S", "170141183460469231731687303715884105727", 5L, "2001-02-03", "2001-02-03T04:05:06.5Z", "AP8=", 1.5m, "-Infinity"],
            Assert.Single(await bench.AskAsync(
                "select interval '1 day 1 second', 170141183460469231731687303715884105727::hugeint, 5::hugeint, date '2001-02-03', timestamptz '2001-02-03 04:05:06.5Z', '\\x00\\xFF'::blob, 1.5::decimal(5,1), '-inf'::float"))[..8]);
        var row = Assert.Single(await bench.AskAsync("select map {1: 'a'}, {'a': [1, null]}"));
        Assert.Equal(new Dictionary<string, object?> { ["1"] = "a" }, row[0]);
        Assert.Equal(new object?[] { 1L, null }, ((Dictionary<string, object?>)row[1]!)["a"]);
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync("select '01'::bit"));
        Assert.Contains("cast it to VARCHAR", error.Message);
    }

    [Fact]
    public void Database_Idle_IsReplacedByOneThatHoldsNothing()
    {
        var time = new Log.ManualTime();
        var released = 0;
        using var database = new QueryDatabase(bench.Folder, time, () => released++);
        Assert.False(database.IsFresh);
        using (var used = database.Connect())
        {
            used.Connection.Execute("create table held as select 7 as x", TestContext.Current.CancellationToken);
            time.Advance(QueryDatabase.IdleTime * 2);
            Assert.False(database.IsFresh);
            Assert.Equal(7, used.Connection.Scalar("select x from held"));
        }

        time.Advance(QueryDatabase.IdleTime);
        Assert.True(database.IsFresh);
        time.Advance(QueryDatabase.IdleTime * 2);
        Assert.Equal(1, released);
        using var again = database.Connect();
        Assert.False(database.IsFresh);
        Assert.Equal(0L, again.Connection.Scalar("select count(*) from duckdb_tables() where table_name = 'held'"));
    }

    [Fact]
    public void Database_InUseAgainWhenItsTimeIsOver_IsNotReplaced()
    {
        var time = new Log.ManualTime();
        var released = 0;
        using var database = new QueryDatabase(bench.Folder, time, () => released++);
        database.Connect().Dispose();
        using var used = database.Connect();
        used.Connection.Execute("create table held as select 7 as x", TestContext.Current.CancellationToken);
        time.Advance(QueryDatabase.IdleTime * 2);
        Assert.Equal(0, released);
        using var other = database.Connect();
        Assert.Equal(7, other.Connection.Scalar("select x from held"));
    }

    private static async Task<int> CountAsync(QueryResult result)
    {
        var count = 0;
        await foreach (var row in result.ReadRowsAsync(TestContext.Current.CancellationToken))
            count++;
        return count;
    }
}
