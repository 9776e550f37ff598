using Fairlead.Domain.Problems;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Query;

/// <summary>What a query must not be able to do.</summary>
/// <param name="fixture">Has one prediction.</param>
public sealed class SandboxTests(SandboxBench fixture) : IClassFixture<SandboxBench>
{
    private readonly Workbench bench = fixture.Bench;

    [Theory]
    [InlineData("copy (select 1) to '{0}/escaped.csv'")]
    [InlineData("copy (select 1) to '/tmp/fairlead-escaped.csv'")]
    [InlineData("explain analyze copy (select 1) to '{0}/escaped.csv'")]
    [InlineData("explain (analyze) copy (select 1) to '{0}/escaped.csv'")]
    [InlineData("EXPLAIN /* c */ ANALYZE copy (select 1) to '{0}/escaped.csv'")]
    [InlineData("-- c\nexplain analyze copy (select 1) to '{0}/escaped.csv'")]
    [InlineData("explain analyze select * from enable_logging(storage = 'file', storage_path = '{0}/escaped')")]
    [InlineData("select * from enable_logging(storage = 'file', storage_path = '{0}/escaped')")]
    [InlineData("describe select * from enable_logging(storage = 'file', storage_path = '{0}/escaped')")]
    [InlineData("with t as (select * from enable_profiling()) select * from t")]
    [InlineData("select (select count(*) from \"enable_profiling\"())")]
    [InlineData("select * from query('select * from enable_logging()')")]
    [InlineData("select * from json_execute_serialized_sql('x')")]
    [InlineData("select * from checkpoint()")]
    [InlineData("select write_log('x')")]
    [InlineData("select * from read_csv('/etc/passwd')")]
    [InlineData("select * from '/etc/passwd.csv'")]
    [InlineData("select * from read_text('/etc/passwd')")]
    [InlineData("select * from read_parquet('{0}/../catalog.db')")]
    [InlineData("select * from glob('/etc/*')")]
    [InlineData("select (select content from read_text('/etc/passwd'))")]
    [InlineData("from range(1) where exists (from read_blob('/etc/passwd'))")]
    [InlineData("from '{0}/predictions'")]
    [InlineData("from \"{0}/.tail/x.parquet\"")]
    [InlineData("with \"/etc/passwd.csv\" as (select 1) from \"/etc/passwd.csv\"")]
    [InlineData("from \"*.csv\"")]
    [InlineData("from sniff_csv('/etc/passwd')")]
    [InlineData("from query_table('predictions')")]
    [InlineData("from query('select 1')")]
    [InlineData("from parquet_schema('{0}/x.parquet')")]
    [InlineData("from duckdb_settings()")]
    [InlineData("from duckdb_secrets()")]
    [InlineData("from arrow_scan(1, 2, 3)")]
    [InlineData("from seq_scan('predictions')")]
    [InlineData("from pragma_table_info('predictions')")]
    [InlineData("select current_setting('temp_directory')")]
    [InlineData("select getenv('HOME')")]
    [InlineData("select sleep_ms(1000000)")]
    [InlineData("select list_transform([1], x -> sleep_ms(x))")]
    [InlineData("from predictions where row = (select write_log('x')::int)")]
    [InlineData("select * from predictions at (version => 1)")]
    [InlineData("attach '/etc/passwd' as p (type csv)")]
    [InlineData("set variable x = 1")]
    [InlineData("checkpoint")]
    [InlineData("create macro m() as 1")]
    [InlineData("create secret (type s3)")]
    [InlineData("detach memory")]
    [InlineData("deallocate all")]
    [InlineData("execute p(1)")]
    [InlineData("select '{}'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'->'a'")]
    [InlineData("attach '{0}/escaped.db' as x")]
    [InlineData("attach ':memory:' as x")]
    [InlineData("install httpfs")]
    [InlineData("load httpfs")]
    [InlineData("set threads = 8")]
    [InlineData("set enable_external_access = true")]
    [InlineData("reset lock_configuration")]
    [InlineData("pragma threads = 8")]
    [InlineData("pragma enable_profiling")]
    [InlineData("export database '{0}/escaped'")]
    [InlineData("import database '/tmp'")]
    [InlineData("create table t as select 1")]
    [InlineData("create temp view predictions as select 1")]
    [InlineData("insert into predictions values (1)")]
    [InlineData("drop view predictions")]
    [InlineData("call pragma_version()")]
    [InlineData("begin; select 1")]
    [InlineData("commit")]
    [InlineData("use temp")]
    [InlineData("vacuum")]
    [InlineData("prepare p as select 1")]
    [InlineData("select 1; select 2")]
    [InlineData("select 1; copy (select 1) to '{0}/escaped.csv'")]
    [InlineData("")]
    [InlineData("   -- nothing")]
    [InlineData("select 1 \0 ; drop view predictions")]
    [InlineData("select from")]
    [InlineData("select nothing_like_it from predictions")]
    [InlineData("select count(*) from secrets_of_others")]
    public async Task Run_Escape_IsRefusedAsInvalidAndLeavesNothing(string sql)
    {
        var before = Files();
        var text = sql.Replace("{0}", bench.Folder.Predictions, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync(text));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        Assert.Equal(before, Files());
        Assert.False(File.Exists("/tmp/fairlead-escaped.csv"));
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions"));
    }

    [Theory]
    [InlineData("select 1")]
    [InlineData("from predictions")]
    [InlineData("values (1), (2)")]
    [InlineData("with t as (from predictions) select * from t, range(3)")]
    [InlineData("with recursive t(n) as (select 1 union all select n + 1 from t where n < 5) from t")]
    [InlineData("describe predictions")]
    [InlineData("summarize scored")]
    [InlineData("show tables")]
    [InlineData("explain select count(*) from predictions")]
    [InlineData("EXPLAIN ANALYZE select count(*) from predictions")]
    [InlineData("explain (format json) select 1")]
    [InlineData("select input.*, output.* from scored")]
    [InlineData("pivot predictions on environment in ('prod') using count(*)")]
    [InlineData("select unnest([1, 2])")]
    [InlineData("select date_trunc('week', time), dayofweek(time), avg(output.late) from predictions group by all")]
    [InlineData("select rpad('x', 10, ' '), repeat('ab', 3), range(5), format('{:>10.2f}', 1.5), printf('%5d', 3), list_resize([1], 3)")]
    [InlineData("(select 1) union all (select 2);")]
    public async Task Run_ReadingStatement_Answers(string sql) => Assert.NotEmpty(await bench.AskAsync(sql));

    public static TheoryData<string, int> Deep => new MatrixTheoryData<string, int>(["paren", "list", "not", "plus", "and", "case", "subquery", "function", "struct", "union"], [190, 2_000, 100_000]);

    [Theory]
    [MemberData(nameof(Deep))]
    public async Task Run_DeepNesting_AnswersOrIsRefusedSoon(string kind, int depth)
    {
        string Times(string text) => string.Concat(Enumerable.Repeat(text, depth));
        var sql = "select " + kind switch
        {
            "paren" => $"{Times("(")}1{Times(")")}",
            "list" => $"{Times("[")}1{Times("]")}",
            "not" => $"{Times("not ")}true",
            "plus" => $"1{Times("+1")}",
            "and" => $"true{Times(" and true")}",
            "case" => $"{Times("case when true then ")}1{Times(" end")}",
            "subquery" => $"{Times("(select ")}1{Times(")")}",
            "function" => $"{Times("abs(")}1{Times(")")}",
            "struct" => $"{Times("{'a':")}1{Times("}")}",
            _ => $"1{Times(" union all select 1")}",
        };
        try
        {
            await bench.AskAsync(sql, new() { Timeout = TimeSpan.FromSeconds(20) });
        }
        catch (FairleadException e)
        {
            Assert.Equal(ProblemKind.Invalid, e.Kind);
        }

        Assert.Equal(1L, await bench.AskOneAsync("select 1"));
    }

    [Theory]
    [InlineData("with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t")]
    [InlineData("select sum(hash(a.range, b.range)) from range(10000000) a, range(10000000) b")]
    [InlineData("select count(*) from range(1000000000000) t where range % 7 = 8")]
    [InlineData("select max(len(repeat('x', 1000))) from range(100000000000)")]
    [InlineData("select sum(list_sum(list_transform(range(10000), x -> x + t.range))) from range(10000000) t")]
    public async Task Run_ForEver_IsStoppedByItsTimeAndByItsCaller(string sql)
    {
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync(sql, new() { Timeout = TimeSpan.FromMilliseconds(200) }));
        Assert.Equal(ProblemKind.Failed, error.Kind);
        using var source = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Query.RunAsync(sql, new(), source.Token));
        Assert.Equal(0, bench.Store.Gate.Entered);
    }

    [Theory]
    [InlineData("select repeat('x', 5000000000)")]
    [InlineData("select len(range(2000000000))")]
    [InlineData("select len(generate_series(timestamp '2000-01-01', timestamp '3000-01-01', interval '1 second'))")]
    [InlineData("select len(list_resize([1], 500000000, 1))")]
    [InlineData("select len(rpad('x', 2000000000, 'y'))")]
    [InlineData("select len(repeat('x', (select 2000000000)))")]
    [InlineData("select len(format('{:2000000000}', 1))")]
    [InlineData("select len(printf('%2000000000d', 1))")]
    [InlineData("select len(printf('%*d', 2000000000, 1))")]
    [InlineData("select levenshtein(repeat('a', 10000), repeat('b', 10000))")]
    [InlineData("select len(repeat(repeat(repeat('x', 10000), 10000), 10000))")]
    [InlineData("from predictions where len(repeat(unit, status * 1000000)) > 1")]
    [InlineData("select len(repeat(repeat('x', 1000000), 100000))")]
    public async Task Run_MuchOfLittleWithoutWorkers_IsRefused(string sql)
    {
        using var here = new Workbench();
        var error = await Assert.ThrowsAsync<FairleadException>(() => here.AskAsync(sql));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        Assert.Equal(0, here.Store.Gate.Entered);
    }

    [Fact]
    public async Task Run_SyntaxError_CarriesTheMessageOfDuckDb()
    {
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync("select * frm predictions"));
        Assert.Contains("syntax error at or near", error.Message);
        error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync("select inputt.origin from predictions"));
        Assert.Contains("inputt", error.Message);
    }

    // What workers need for themselves lies in folders of theirs.
    private string[] Files() =>
        [.. Directory.EnumerateFiles(bench.Folder.Root, "*", SearchOption.AllDirectories).Where(path => !path.Contains("/.spill/worker-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
