using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Query.Workers;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Testing;

namespace Fairlead.Predictions.Tests.Query.Workers;

/// <summary>Statements that take all that there is: they end, this process stays as small as it was, and the next statement is answered.</summary>
[Collection(AloneCollection.Name)]
public sealed class HostileStatementsTests : IDisposable
{
    /// <summary>What this process may grow by while others allocate all they can.</summary>
    private const long MostGrowth = 300L << 20;
    private readonly Workbench bench = new(workers: WorkerCommand.Options with { Memory = 128L << 20 });
    private readonly CancellationTokenSource watching = new();
    private readonly Thread watch;
    private readonly long before = ProcessMemory.Resident(Environment.ProcessId);
    private long largestHere;
    private long largestWorker;

    public HostileStatementsTests()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f, unit: "anna");
        watch = new Thread(Watch);
        watch.Start();
    }

    public void Dispose()
    {
        watching.Cancel();
        watch.Join();
        watching.Dispose();
        bench.Dispose();
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "doubling", Doubling(40, "s || s") },
        { "doubling lists", Doubling(40, "list_concat(s, s)", "[1, 2, 3]") },
        { "repeat of repeat", "select len(repeat(repeat(repeat('x', 10000), 10000), 10000))" },
        { "lpad", "select len(lpad('x', 2147483647, 'y')), len(lpad('z', 2147483647, 'y'))" },
        { "format", "select len(format('{:2000000000}', 1))" },
        { "series as a list", "select len(range(2000000000))" },
        { "list aggregate", "select list_aggregate(range(300000000), 'string_agg', ',')" },
        { "list of lists", "select list_transform(range(100000), x -> range(100000))" },
        { "aggregate of all", "select list(a.range || ' ' || b.range) from range(100000) a, range(100000) b" },
        { "text of all", "select string_agg(repeat('x', 10000), '') from range(10000000)" },
        { "cross join in order", "select a.range, repeat('y', 2000) t from range(100000) a, range(100000) b order by t, a.range desc limit 1 offset 90000000" },
        { "recursion for ever", "with recursive t(n, s) as (select 1, 'x' union all select n + 1, s || n::varchar from t) select max(len(s)) from t" },
        { "recursion that keeps all", "with recursive t(n) as (select 1 union all select n + 1 from t) select list(n) from t" },
        { "windows", "select max(len(l)) from (select list(range) over (order by range rows between unbounded preceding and unbounded following) l from range(100000))" },
        { "pivot of many", "pivot (select range r from range(1000000)) on r using count(*)" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Run_Bomb_EndsInItsProcess(string name, string sql)
    {
        var error = await Record.ExceptionAsync(() => bench.AskAsync(sql, new QueryOptions { Timeout = TimeSpan.FromSeconds(1) }));
        if (error is not null)
            Assert.True(error is FairleadException { Kind: ProblemKind.Exhausted or ProblemKind.Failed or ProblemKind.Invalid }, $"{name}: {error}");
        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task Run_DoublingChain_NamesTheLimitAndHowToRaiseIt()
    {
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync(Doubling(40, "s || s")));
        Assert.Equal(ProblemKind.Exhausted, error.Kind);
        Assert.Contains("--query-memory", error.Message);
        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task Run_HostileStatementsOfASeed_NoneHarmsAnother()
    {
        var random = new Random(4_711);
        var statements = Enumerable.Range(0, Campaign.Rounds(16, 1000)).Select(_ => Statement(random)).ToList();
        await Parallel.ForEachAsync(statements, new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = TestContext.Current.CancellationToken }, async (sql, _) =>
        {
            var error = await Record.ExceptionAsync(() => bench.AskAsync(sql, new QueryOptions { Timeout = TimeSpan.FromMilliseconds(300) }));
            Assert.True(error is null or FairleadException { Kind: not ProblemKind.Damaged and not ProblemKind.NotFound }, $"{sql}: {error}");
        });
        await AssertUnharmedAsync();
    }

    private static string Doubling(int times, string step, string first = "'0123456789'") =>
        $"with s0 as (select {first} as s)" + string.Concat(Enumerable.Range(1, times).Select(i => $", s{i} as (select {step} as s from s{i - 1})")) + $" select len(s) from s{times}";

    private static string Statement(Random random)
    {
        var many = (long)Math.Pow(10, random.Next(3, 12));
        var deep = random.Next(1, 60);
        return random.Next(10) switch
        {
            0 => Doubling(deep, "s || s"),
            1 => Doubling(deep, "list_concat(s, s)", "['abc', 'def']"),
            2 => $"select len(repeat('x', {many}))",
            3 => $"select list(range) from range({many})",
            4 => $"select count(*), sum(hash(a.range, b.range)) from range({many}) a, range({many}) b",
            5 => $"select list_sum(list_transform(range({many}), x -> x + {deep}))",
            6 => $"with recursive t(n) as (select 1 union all select n + 1 from t where n < {many}) select sum(n) from t",
            7 => $"select string_agg(unit || repeat('y', {deep * 1000}), ',') from predictions, range({many})",
            8 => $"select {string.Concat(Enumerable.Repeat("(", deep * 10))}1{string.Concat(Enumerable.Repeat(")", deep * 10))}",
            _ => $"select * from predictions, range({many}) order by hash(range) limit {deep} offset {many / 2}",
        };
    }

    private async Task AssertUnharmedAsync()
    {
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions"));
        Assert.Equal(0, bench.Store.Gate.Entered);
        Assert.True(Volatile.Read(ref largestHere) < before + MostGrowth, $"this process grew from {before >> 20} to {largestHere >> 20} MB");
        Assert.True(Volatile.Read(ref largestWorker) < (WorkerCommand.Options with { Memory = 128L << 20 }).Ceiling, $"a worker had {largestWorker >> 20} MB");
    }

    private void Watch()
    {
        while (!watching.Token.WaitHandle.WaitOne(10))
        {
            Volatile.Write(ref largestHere, Math.Max(largestHere, ProcessMemory.Resident(Environment.ProcessId)));
            foreach (var id in WorkerProcesses.Of(bench.Folder))
                Volatile.Write(ref largestWorker, Math.Max(largestWorker, ProcessMemory.Resident(id)));
        }
    }
}
