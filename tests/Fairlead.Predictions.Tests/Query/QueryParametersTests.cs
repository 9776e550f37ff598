using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Query;

public sealed class QueryParametersTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Run_NamedParameters_TakeTheirValuesWhateverTheyHold()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO'; drop view predictions; --", 8, 0.5f);
        bench.AppendFlight(Workbench.Flights(), "JFK", 9, 0.25f);
        Assert.Equal([[8L]], await AskAsync("select input.hour from predictions where input.origin = $origin", ("origin", "SFO'; drop view predictions; --")));
        Assert.Equal([[9L]], await AskAsync("select input.hour from predictions where output.late < $x and input.hour > $hour and $x > 0", ("hour", "8"), ("x", 0.3)));
        Assert.Equal([[2L]], await AskAsync("select count(*) from predictions where time > $since::timestamptz", ("SINCE", "2001-01-01")));
        Assert.Equal([[5L, null, true]], await AskAsync("select $1, $2, $3", ("1", 5L), ("2", null), ("3", true)));
    }

    [Fact]
    public async Task Run_MissingOrUnknownParameter_IsNamed()
    {
        Assert.Contains("'$origin'", (await Assert.ThrowsAsync<FairleadException>(() => AskAsync("select $origin"))).Message);
        var error = await Assert.ThrowsAsync<FairleadException>(() => AskAsync("select $origin", ("origin", "x"), ("orgin", "y")));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        Assert.Contains("did you mean 'origin'", error.Message);
        Assert.Equal(["origin", "x"], await bench.Query.CheckAsync("select $origin, $x, $origin from predictions", TestContext.Current.CancellationToken));
        Assert.Contains("nope", (await Assert.ThrowsAsync<FairleadException>(() => bench.Query.CheckAsync("select nope from predictions", TestContext.Current.CancellationToken))).Message);
    }

    [Theory]
    [InlineData(QueryFormat.Csv, "read_csv")]
    [InlineData(QueryFormat.Parquet, "read_parquet")]
    public async Task Export_Rows_AreReadBackAndTheFileGoes(QueryFormat format, string reader)
    {
        for (var i = 0; i < 10; i++)
            bench.AppendFlight(Workbench.Flights(), "a \"b\", c\nd", i, 0.5f);
        string path;
        var options = new QueryOptions { Limit = 9, Parameters = new Dictionary<string, object?> { ["least"] = 1L } };
        using (var file = await bench.Query.ExportAsync("select input.origin, input.hour from predictions where input.hour >= $least order by 2; -- all", format, options, TestContext.Current.CancellationToken))
        {
            path = file.Path;
            Assert.Equal(9, file.Rows);
            using var database = DuckDbDatabase.OpenInMemory();
            using var connection = database.Connect();
            Assert.Equal(9L, connection.Scalar($"select count(*) from {reader}('{path}') where origin = 'a \"b\", c' || chr(10) || 'd'"));
        }

        Assert.False(File.Exists(path));
        await Assert.ThrowsAsync<FairleadException>(() => bench.Query.ExportAsync("select 1) to '/tmp/fairlead-escaped.csv' (format csv); --", format, options, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<FairleadException>(() => bench.Query.ExportAsync("explain select 1", format, new QueryOptions(), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(bench.Folder.Predictions, ".spill")));
        Assert.False(File.Exists("/tmp/fairlead-escaped.csv"));
    }

    private Task<List<object?[]>> AskAsync(string sql, params (string Name, object? Value)[] values) =>
        bench.AskAsync(sql, new QueryOptions { Parameters = values.ToDictionary(pair => pair.Name, pair => pair.Value) });
}
