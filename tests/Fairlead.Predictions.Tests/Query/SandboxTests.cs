using Fairlead.Domain.Problems;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Query;

/// <summary>What a query must not be able to do.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

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
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        await bench.CompactAsync();
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
    [InlineData("(select 1) union all (select 2);")]
    public async Task Run_ReadingStatement_Answers(string sql)
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        Assert.NotEmpty(await bench.AskAsync(sql));
    }

    [Fact]
    public async Task Run_SyntaxError_CarriesTheMessageOfDuckDb()
    {
        var error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync("select * frm predictions"));
        Assert.Contains("syntax error at or near", error.Message);
        error = await Assert.ThrowsAsync<FairleadException>(() => bench.AskAsync("select inputt.origin from predictions"));
        Assert.Contains("inputt", error.Message);
    }

    private string[] Files() => [.. Directory.EnumerateFiles(bench.Folder.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
