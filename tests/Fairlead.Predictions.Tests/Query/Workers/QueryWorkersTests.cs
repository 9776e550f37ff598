using System.Diagnostics;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Query.Workers;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Query.Workers;

/// <summary>Queries in processes of their own: what comes back, how they end, and that nobody else is harmed.</summary>
public sealed class QueryWorkersTests : IDisposable
{
    private const string ForEver = "select sum(hash(a.range, b.range)) from range(10000000) a, range(10000000) b";
    private readonly Workbench bench = new(workers: WorkerCommand.Options);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Run_Values_AreThoseOfThisProcess()
    {
        const string Sql =
            """
            select true, false, null, 1::tinyint, 2::smallint, 3, 4::bigint, 5::utinyint, 6::usmallint, 7::uinteger, 18446744073709551615::ubigint, 170141183460469231731687303715884105727::hugeint,
              1.5::float, 'nan'::double, '-inf'::float, 1.50::decimal(5,2), 12345678901234567890123456789012.5::decimal(38,1), 'é', ''::blob, '\x00\xFF'::blob, uuid '0192f3c4-7a2b-7def-8123-456789a00000',
              date '2001-02-03', time '04:05:06.5', timestamp '2001-02-03 04:05:06.5', timestamptz '2001-02-03 04:05:06.5Z', interval '1 month 2 day 3 second',
              [1, null, 3], [['a'], []], {'a': 1, 'b': {'c': [null]}}, map {1: 'a', 2: null}, 'x'::enum('x', 'y'), [1, 2]::integer[2]
            """;
        using var local = new Workbench();
        Assert.Equivalent(Assert.Single(await local.AskAsync(Sql)), Assert.Single(await bench.AskAsync(Sql)), strict: true);
        await using var here = await local.Query.RunAsync(Sql, new QueryOptions(), Token);
        await using var there = await bench.Query.RunAsync(Sql, new QueryOptions(), Token);
        Assert.Equal(here.Columns, there.Columns);
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync("select '01'::bit"));
        Assert.Contains("cast it to VARCHAR", error.Message);
    }

    [Fact]
    public async Task Run_FreshRecords_AreSeenAndManyRowsStream()
    {
        for (var i = 1; i <= 50; i++)
        {
            bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f);
            Assert.Equal((long)i, await bench.AskOneAsync("select count(*) from scored"));
        }

        await bench.CompactAsync();
        Assert.Equal(1275L, await bench.AskOneAsync("select sum(input.hour)::bigint from predictions"));
        var sum = 0L;
        await using var result = await bench.Query.RunAsync("select range, 'some text ' || range from range(300000)", new QueryOptions(), Token);
        await foreach (var row in result.ReadRowsAsync(Token))
            sum += (long)row[0]!;
        Assert.Equal(300_000L * 299_999 / 2, sum);
    }

    [Fact]
    public async Task Run_HeldOpenWhileItsFilesAreReplaced_ReadsToTheEnd()
    {
        for (var i = 0; i < 10_000; i++)
            bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f);
        await using var held = await bench.Query.RunAsync("select input.hour from predictions", new QueryOptions(), Token);
        await bench.CompactAsync();
        Assert.Equal(10_000L, await bench.AskOneAsync("select count(*) from predictions"));
        var count = 0;
        await foreach (var row in held.ReadRowsAsync(Token))
            count++;
        Assert.Equal(10_000, count);
    }

    [Fact]
    public async Task Run_OneAfterAnotherOnOneWorker_EachFindsItsOwnViewsAndNoOther()
    {
        const string Count = "select count(*) from predictions";
        const string Views = "select string_agg(view_name, ' ' order by view_name) from duckdb_views() where not internal";
        bench.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f);
        Assert.Equal(1L, await bench.AskOneAsync(Count));
        await bench.Workers.Spare;
        var worker = bench.Workers.Idle[^1];
        for (var i = 2L; i < 6; i++)
        {
            // The same files, then more of them, then others.
            Assert.Equal(i - 1, await bench.AskOneAsync(Count));
            bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f);
            Assert.Equal(i, await bench.AskOneAsync(Count));
            Assert.Equal(0L, await bench.AskOneAsync($"{Count} where service = 'none'"));
            Assert.Equal("predictions", await bench.AskOneAsync($"{Views} and exists (from predictions)"));
            Assert.Equal(0L, await bench.AskOneAsync("select count(*) from unmatched"));
            await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync($"{Count} where error('no') = 1"));
        }

        await bench.CompactAsync();
        Assert.Equal(5L, await bench.AskOneAsync(Count));
        // What finds no views made finds none of the statement before.
        using (var connection = bench.Workers.Connect(isAlone: false, Token))
            Assert.Contains("predictions", Assert.ThrowsAny<Exception>(() => connection.Scalar(Count, Token)).Message);
        Assert.Equal(5L, await bench.AskOneAsync(Count));
        using (var connection = bench.Workers.Connect(isAlone: false, Token))
        {
            connection.Execute("create temp table predictions as select 1 as id", Token);
            Assert.Equal(1L, connection.Scalar(Count, Token));
        }

        Assert.Equal(5L, await bench.AskOneAsync(Count));
        Assert.Contains(worker, bench.Workers.Idle);
    }

    [Theory]
    [InlineData(QueryFormat.Csv)]
    [InlineData(QueryFormat.Parquet)]
    public async Task Export_Rows_AreInTheFileAndNothingIsLeft(QueryFormat format)
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        string path;
        using (var file = await bench.Query.ExportAsync("select service, $n::int as n from predictions -- all", format, new QueryOptions { Parameters = new Dictionary<string, object?> { ["n"] = 7L } }, Token))
        {
            path = file.Path;
            Assert.Equal(1, file.Rows);
            Assert.True(new FileInfo(path).Length > 0);
            if (format == QueryFormat.Csv)
                Assert.Equal("service,n\nlate,7\n", File.ReadAllText(path));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Run_OneAfterAnother_IsComputedByTheSameProcessWithNothingOfTheLast()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        await bench.AskAsync("select 1");
        await bench.Workers.Spare;
        var before = bench.Workers.Idle.Order().ToList();
        for (var i = 0; i < 20; i++)
            Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions"));
        Assert.Equal(before, bench.Workers.Idle.Order());
        Assert.Equal(2, before.Count);
        Assert.Equal(["SQL statements see no table of the last"], (await bench.AskAsync("select 'SQL statements see no table of the last' where not exists (from duckdb_views() where not internal and view_name = 'nothing')")).Select(row => (string)row[0]!));
    }

    [Fact]
    public void Run_SessionThatHasEnded_IsNoLongerInItsTransaction()
    {
        // Its end is not waited for, and is over all the same before anything else is asked of the worker.
        using var first = bench.Workers.Connect(isAlone: false, Token);
        first.BeginReading(["CREATE TEMP VIEW mine AS SELECT 7 AS x"], Token);
        Assert.Equal(7, first.Scalar("select x from mine", Token));
        Assert.Throws<Fairlead.DuckDb.DuckDbException>(() => first.Scalar("select error('no')", Token));
        first.Dispose();
        for (var i = 0; i < 20; i++)
        {
            using var next = bench.Workers.Connect(isAlone: false, Token);
            next.BeginReading([], Token);
            Assert.Equal(0L, next.Scalar("select count(*) from duckdb_views() where view_name = 'mine'", Token));
        }
    }

    [Fact]
    public async Task Run_WorkerKilled_IsOneSentenceAndTheNextQueryRuns()
    {
        await bench.AskAsync("select 1");
        await bench.Workers.Spare;
        var running = bench.AskAsync(ForEver);
        var killed = await KillTheBusyAsync(running);
        var error = await Assert.ThrowsAsync<FairleadException>(() => running);
        Assert.Equal(ProblemKind.Unavailable, error.Kind);
        Assert.Contains("killed from outside", error.Message);
        Assert.False(ProcessMemory.IsAlive(killed));
        Assert.Equal(1L, await bench.AskOneAsync("select 1"));
        Assert.Equal(0, bench.Store.Gate.Entered);
    }

    [Fact]
    public async Task Run_IdleWorkersKilled_AsksAnother()
    {
        await bench.AskAsync("select 1");
        await bench.Workers.Spare;
        foreach (var id in bench.Workers.Idle)
            Kill(id);
        Assert.Equal(1L, await bench.AskOneAsync("select 1"));
    }

    [Fact]
    public async Task Run_CallerLeavesInTheMiddleOfTheRows_FreesTheWorker()
    {
        await using (var result = await bench.Query.RunAsync("select range, repeat('x', 100) from range(1000000000)", new QueryOptions(), Token))
        {
            await foreach (var row in result.ReadRowsAsync(Token))
                break;
        }

        Assert.Equal(0, bench.Store.Gate.Entered);
        await bench.Workers.Spare;
        var before = bench.Workers.Idle.Order().ToList();
        Assert.Equal(2, before.Count);
        Assert.Equal(1L, await bench.AskOneAsync("select 1"));
        Assert.Equal(before, bench.Workers.Idle.Order());
    }

    [Fact]
    public async Task Run_CallerLeavesWhileItComputes_Ends()
    {
        await bench.AskAsync("select 1");
        using var source = new CancellationTokenSource();
        var running = bench.Query.RunAsync(ForEver, new QueryOptions(), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(0, bench.Store.Gate.Entered);
        Assert.Equal(1L, await bench.AskOneAsync("select 1"));
    }

    [Fact]
    public async Task Run_WhatCannotBeInterrupted_IsKilledWhenItsTimeIsOver()
    {
        // One value, computed in one go.
        var error = await Assert.ThrowsAsync<FairleadException>(() =>
            bench.AskAsync("select levenshtein(repeat('ab', 60000), repeat('ba', 60000))", new QueryOptions { Timeout = TimeSpan.FromMilliseconds(300) }));
        Assert.Equal(ProblemKind.Failed, error.Kind);
        Assert.Contains("0.3 s", error.Message);
        Assert.Equal(1L, await bench.AskOneAsync("select 1"));
    }

    [Fact]
    public async Task Run_ManyAtOnce_WaitInTurnAndAllAnswer()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        var asked = Enumerable.Range(0, 20).Select(i => bench.AskOneAsync($"select count(*) + {i} from predictions, range(100000)")).ToList();
        var answers = await Task.WhenAll(asked);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (object?)(100_000L + i)), answers);
        Assert.InRange(bench.Workers.Idle.Count, 1, 2);
    }

    [Fact]
    public async Task Run_RowLargerThanAnyMayBe_IsRefusedButExported()
    {
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync("select repeat('x', 20000000)"));
        Assert.Equal(ProblemKind.Exhausted, error.Kind);
        Assert.Contains("export", error.Message);
        using var file = await bench.Query.ExportAsync("select repeat('x', 20000000) as x", QueryFormat.Csv, new QueryOptions(), Token);
        Assert.Equal(1, file.Rows);
        Assert.True(new FileInfo(file.Path).Length > 20_000_000);
    }

    [Fact]
    public async Task Start_Worker_HasNothingOfThisProcess()
    {
        await bench.AskAsync("select 1");
        await bench.Workers.Spare;
        var worker = bench.Workers.Idle[0];
        var environment = ProcessMemory.Read(worker, "environ")!.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair[..pair.IndexOf('=')]).ToList();
        Assert.DoesNotContain("HOME", environment);
        Assert.All(environment, name => Assert.True(name is "PATH" or "PWD" or "OLDPWD" or "SHLVL" or "_" or "FAIRLEAD_NATIVE" || name.StartsWith("DOTNET_", StringComparison.Ordinal), name));
        Assert.Equal("1000", ProcessMemory.Read(worker, "oom_score_adj")!.Trim());
        Assert.Equal("10", ProcessMemory.Read(worker, "stat")!.Split(' ')[18]);
        var data = ProcessMemory.Read(worker, "limits")!.Split('\n').Single(line => line.StartsWith("Max data size", StringComparison.Ordinal));
        Assert.Contains($"{WorkerCommand.Options.Ceiling}", data);
        // No network but its own loopback.
        Assert.DoesNotContain("eth", ProcessMemory.Read(worker, "net/dev")!);
        Assert.NotEqual(File.ResolveLinkTarget("/proc/self/ns/net", false)!.Name, File.ResolveLinkTarget($"/proc/{worker}/ns/net", false)!.Name);
    }

    [Fact]
    public async Task Dispose_WhateverTheyDo_EndsAllAndLeavesNoFile()
    {
        await bench.AskAsync("select 1");
        await bench.Workers.Spare;
        var idle = bench.Workers.Idle;
        bench.Workers.Dispose();
        Assert.All(idle, id => Assert.False(ProcessMemory.IsAlive(id)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(bench.Folder.Predictions, ".spill")));
    }

    [Fact]
    public async Task Dispose_WhileAWorkerStarts_LeavesNoProcess()
    {
        var random = new Random(17);
        for (var i = 0; i < 20; i++)
        {
            var workers = new QueryWorkers(bench.Folder, WorkerCommand.Options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<QueryWorkers>.Instance);
            using var leaving = new CancellationTokenSource();
            var connecting = Task.Run(() => workers.Connect(isAlone: false, leaving.Token).Dispose(), Token);
            Thread.SpinWait(random.Next(1_000_000));
            await leaving.CancelAsync();
            await Record.ExceptionAsync(() => connecting);
            workers.Dispose();
        }

        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc").Select(Path.GetFileName), IsOfThisBench);

        bool IsOfThisBench(string? name) =>
            int.TryParse(name, out var id) && ProcessMemory.Read(id, "cmdline")?.Contains(bench.Folder.Predictions, StringComparison.Ordinal) == true;
    }

    [Fact]
    public async Task Idle_NoQueryForLong_KeepsNoProcess()
    {
        var time = new Log.ManualTime();
        using var workers = new QueryWorkers(bench.Folder, WorkerCommand.Options, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<QueryWorkers>.Instance);
        workers.Connect(isAlone: false, Token).Dispose();
        await workers.Spare;
        Assert.Equal(2, workers.Idle.Count);
        time.Advance(WorkerCommand.Options.IdleTime);
        Assert.Empty(workers.Idle);
        workers.Connect(isAlone: false, Token).Dispose();
        Assert.NotEmpty(workers.Idle);
    }

    [Fact]
    public async Task Start_ProgramThatIsNone_IsOneSentence()
    {
        using var broken = new Workbench(workers: new QueryWorkerOptions { Command = ["/bin/false"] });
        var error = await Assert.ThrowsAsync<FairleadException>(() => broken.AskAsync("select 1"));
        Assert.Equal(ProblemKind.Unavailable, error.Kind);
        Assert.Contains("does not start", error.Message);
    }

    [Fact]
    public async Task Sessions_AsManyAsAWorkerMayHave_AreFollowedByAnother()
    {
        using var few = new Workbench(workers: WorkerCommand.Options with { MostSessions = 2, IsSandboxed = false });
        for (var i = 0; i < 7; i++)
            Assert.Equal(1L, await few.AskOneAsync("select 1"));
    }

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>The one that uses a processor, which takes a moment to be seen.</summary>
    private async Task<int> KillTheBusyAsync(Task running)
    {
        while (!running.IsCompleted)
        {
            await Task.Yield();
            foreach (var id in WorkerProcesses.Of(bench.Folder).Except(bench.Workers.Idle))
            {
                if (ProcessMemory.Read(id, "stat") is { } stat && long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11], System.Globalization.CultureInfo.InvariantCulture) > 30)
                {
                    Kill(id);
                    return id;
                }
            }
        }

        throw new InvalidOperationException("The query ended.");
    }
}
