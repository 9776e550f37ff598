using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Outcomes;

public sealed class OutcomeImportTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Read_Csv_RecordsEveryRowAndTwiceSaysNothingNew()
    {
        var ids = Enumerable.Range(0, 3).Select(i => bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f)).ToList();
        var csv = Write("o.csv", $"id,late,note,time\n{ids[0]},1,\"a, \"\"b\"\"\",2001-02-03 04:05:06\n{ids[1]},0,,\n{ids[2]},,x,2001-02-03T04:05:06+01:00\n{ids[2]},7,y,2001-02-03T04:05:06+01:00\n");
        for (var round = 1; round <= 2; round++)
        {
            var report = await ReadAsync(csv, OutcomeFileFormat.Csv);
            Assert.Equal((4L, 0L), (report.Recorded, report.Skipped));
            Assert.Equal(
                [[0L, 1.0, "a, \"b\""], [1L, 0.0, null], [2L, 7.0, "y"]],
                await bench.AskAsync("select input.hour, outcome.late, outcome.note from scored order by 1"));
            Assert.Equal(4L * round, await bench.AskOneAsync("select count(*) from outcomes"));
            Assert.Equal("2001-02-03T03:05:06Z", await bench.AskOneAsync("select outcome_time from scored where input.hour = 2"));
        }

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(bench.Folder.Predictions, ".spill")));
    }

    [Fact]
    public async Task Read_ParquetAndJsonLines_KeepTypes()
    {
        var id = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        var parquet = Path.Combine(bench.Folder.Root, "o.parquet");
        Directory.CreateDirectory(bench.Folder.Root);
        using (var database = DuckDbDatabase.OpenInMemory())
        using (var connection = database.Connect())
            connection.Execute($"COPY (SELECT '{id}'::UUID AS p, true AS b, 1.25::DECIMAL(9,2) AS d, 5::UTINYINT AS i, DATE '2001-02-03' AS day, 'x' AS other) TO '{parquet}'");
        await ReadAsync(parquet, OutcomeFileFormat.Parquet, new OutcomeMapping { IdColumn = "P", ValueColumns = ["b", "d", "i", "day"] });
        Assert.Equal([true, 1.25, 5.0, "2001-02-03"], Assert.Single(await bench.AskAsync("select outcome.b, outcome.d, outcome.i, outcome.day from scored")));
        await ReadAsync(Write("o.jsonl", $"{{\"prediction\": \"{id}\", \"late\": 3}}\n"), OutcomeFileFormat.JsonLines);
        Assert.Equal(3.0, await bench.AskOneAsync("select outcome.late from scored"));
    }

    [Fact]
    public async Task Read_CsvWithAWordAmongNumbers_NamesItAndKeepsTheFieldOneOfNumbers()
    {
        var ids = Enumerable.Range(0, 3).Select(i => bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f)).ToList();
        var csv = Write("word.csv", $"prediction,late\n{ids[0]},1\n{ids[1]},it's\n{ids[2]},0\n");
        var error = await Assert.ThrowsAsync<FairleadException>(() => ReadAsync(csv, OutcomeFileFormat.Csv));
        Assert.Contains("row 2: 'it's' is no number, as most of \"late\" are", error.Message);
        Assert.Empty(await bench.AskAsync("from outcomes"));

        var report = await ReadAsync(csv, OutcomeFileFormat.Csv, new OutcomeMapping { SkipBad = true });
        Assert.Equal((2L, 1L), (report.Recorded, report.Skipped));
        Assert.Equal(0.5, await bench.AskOneAsync("select avg(outcome.late) from scored"));

        // Names that are numbers by chance are texts all the same.
        await ReadAsync(Write("names.csv", $"prediction,gate\n{ids[0]},A1\n{ids[1]},7\n"), OutcomeFileFormat.Csv);
        Assert.Equal("7", await bench.AskOneAsync($"select outcome.gate from scored where id = '{ids[1]}'"));
    }

    [Theory]
    [InlineData(OutcomeFileFormat.Parquet)]
    [InlineData(OutcomeFileFormat.JsonLines)]
    public async Task Read_AWordAmongNumbers_IsABadRowInEveryFormat(OutcomeFileFormat format)
    {
        var ids = Enumerable.Range(0, 3).Select(i => bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f)).ToList();
        var file = Write(format, ids, "1", "it's", "0");
        var error = await Assert.ThrowsAsync<FairleadException>(() => ReadAsync(file, format));
        Assert.Contains("row 2: 'it's' is no number, as most of \"late\" are", error.Message);
        Assert.Empty(await bench.AskAsync("from outcomes"));

        var report = await ReadAsync(file, format, new OutcomeMapping { SkipBad = true });
        Assert.Equal((2L, 1L), (report.Recorded, report.Skipped));
        Assert.Equal(0.5, await bench.AskOneAsync("select avg(outcome.late) from scored"));
    }

    [Theory]
    [InlineData(OutcomeFileFormat.Csv)]
    [InlineData(OutcomeFileFormat.Parquet)]
    [InlineData(OutcomeFileFormat.JsonLines)]
    public async Task Read_TextsWhereNumbersAreRecorded_AreBadRows(OutcomeFileFormat format)
    {
        var ids = Enumerable.Range(0, 3).Select(i => bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f)).ToList();
        await ReadAsync(Write("first.csv", $"prediction,late\n{ids[0]},1\n"), OutcomeFileFormat.Csv);

        var words = Write(format, ids, "yes", "no", "0");
        var error = await Assert.ThrowsAsync<FairleadException>(() => ReadAsync(words, format));
        Assert.Contains("2 of the file's rows", error.Message);
        Assert.Contains("row 1: 'yes' is no number, as all that is recorded of \"late\" is", error.Message);
        var asked = await Assert.ThrowsAsync<FairleadException>(() => ReadAsync(words, format, new OutcomeMapping { TextColumns = ["late"] }));
        Assert.Equal("All that is recorded of 'late' is numbers, and texts would make texts of them; give the column another name.", asked.Message);
        await ReadAsync(words, format, new OutcomeMapping { SkipBad = true });
        Assert.Equal([[1.0], [0.0]], await bench.AskAsync("select outcome.late from outcomes order by posted"));
    }

    [Theory]
    [InlineData(OutcomeFileFormat.Csv)]
    [InlineData(OutcomeFileFormat.Parquet)]
    [InlineData(OutcomeFileFormat.JsonLines)]
    public async Task Read_AColumnThatIsSaidToBeText_IsText(OutcomeFileFormat format)
    {
        var ids = Enumerable.Range(0, 3).Select(i => bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f)).ToList();
        await ReadAsync(Write(format, ids, "7", "A1", "12"), format, new OutcomeMapping { TextColumns = ["LATE"] });
        Assert.Equal([["7"], ["A1"], ["12"]], await bench.AskAsync("select outcome.late from scored order by input.hour"));
    }

    [Fact]
    public async Task Read_TrueAndFalseWhereNumbersAreRecorded_AreOneAndZero()
    {
        var ids = Enumerable.Range(0, 3).Select(i => bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f)).ToList();
        await ReadAsync(Write("first.csv", $"prediction,late\n{ids[0]},1\n"), OutcomeFileFormat.Csv);
        await ReadAsync(Write("second.csv", $"prediction,late\n{ids[1]},true\n{ids[2]},false\n"), OutcomeFileFormat.Csv);
        Assert.Equal([[1.0], [1.0], [0.0]], await bench.AskAsync("select outcome.late from scored order by input.hour"));
    }

    [Fact]
    public async Task Read_BadRows_RefuseTheFileByNumberOrAreLeftOut()
    {
        var id = bench.NewId(Workbench.Noon);
        var csv = Write("bad.csv", $"prediction,late,time\n{id},1,\nnope,1,\n{id},,\n{id},1,yesterday\n,1,\n{id},1e400,\n");
        var error = await Assert.ThrowsAsync<FairleadException>(() => ReadAsync(csv, OutcomeFileFormat.Csv));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        foreach (var part in new[] { "row 2: 'nope' is no prediction", "row 3: it has no value", "row 4: 'yesterday' is no time", "row 5: \"prediction\" is empty" })
            Assert.Contains(part, error.Message);
        Assert.Empty(await bench.AskAsync("from outcomes"));
        var report = await ReadAsync(csv, OutcomeFileFormat.Csv, new OutcomeMapping { SkipBad = true });
        Assert.Equal(6, report.Recorded + report.Skipped);
        Assert.Equal(report.Skipped, report.Problems.Count);
        Assert.Equal(report.Recorded, await bench.AskOneAsync("select count(*) from outcomes"));
        var torn = Write("torn.csv", $"prediction,late\n{id},1\n{id},2,3,4\n{id},5\n");
        var told = await Assert.ThrowsAsync<FairleadException>(() => ReadAsync(torn, OutcomeFileFormat.Csv));
        Assert.True(told.Message.Contains("line 3", StringComparison.Ordinal), told.Message);
        var rest = await ReadAsync(torn, OutcomeFileFormat.Csv, new OutcomeMapping { SkipBad = true });
        Assert.Equal((2L, 1L), (rest.Recorded, rest.Skipped));
        Assert.Contains("line 3", Assert.Single(rest.Problems));
    }

    [Theory]
    [InlineData("late\n1\n", null, "no column 'prediction'")]
    [InlineData("prediction\n1\n", null, "0 columns of values")]
    [InlineData("prediction,late\n1,2\n", "lat", "did you mean 'late'")]
    public async Task Read_FileWithoutItsColumns_IsRefusedByName(string text, string? value, string expected)
    {
        var error = await Assert.ThrowsAsync<FairleadException>(() => ReadAsync(Write("x.csv", text), OutcomeFileFormat.Csv, new OutcomeMapping { ValueColumns = value is null ? [] : [value] }));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData(OutcomeFileFormat.Parquet, "")]
    [InlineData(OutcomeFileFormat.JsonLines, "")]
    [InlineData(OutcomeFileFormat.JsonLines, "\n")]
    [InlineData(OutcomeFileFormat.Csv, "")]
    [InlineData(OutcomeFileFormat.Csv, "\uFEFF\r\n")]
    public async Task Read_EmptyFile_SaysThatItIsEmpty(OutcomeFileFormat format, string text)
    {
        var error = await Assert.ThrowsAsync<FairleadException>(() => ReadAsync(Write("empty", text), format));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        Assert.Equal("The file is empty; give one with a row for each outcome.", error.Message);
    }

    [Theory]
    [InlineData(OutcomeFileFormat.Parquet)]
    [InlineData(OutcomeFileFormat.JsonLines)]
    [InlineData(OutcomeFileFormat.Csv)]
    public async Task Read_Garbage_IsRefused(OutcomeFileFormat format)
    {
        var path = Write("garbage", "");
        var bytes = new byte[4096];
        new Random(7).NextBytes(bytes);
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => ReadAsync(path, format))).Kind);
    }

    /// <summary>Values of 'late' as texts, but for JSON lines in which numbers are numbers.</summary>
    private string Write(OutcomeFileFormat format, IReadOnlyList<PredictionId> ids, params string[] values)
    {
        var rows = ids.Zip(values).ToList();
        if (format == OutcomeFileFormat.Csv)
            return Write("o.csv", $"prediction,late\n{string.Concat(rows.Select(row => $"{row.First},{row.Second}\n"))}");
        if (format == OutcomeFileFormat.JsonLines)
            return Write("o.jsonl", string.Concat(rows.Select(row => $"{{\"prediction\": \"{row.First}\", \"late\": {(double.TryParse(row.Second, out _) ? row.Second : $"\"{row.Second}\"")}}}\n")));
        var path = Path.Combine(bench.Folder.ProjectRoot, "o.parquet");
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        connection.Execute($"COPY (FROM (VALUES {string.Join(", ", rows.Select(row => $"('{row.First}', {DuckDbText.Literal(row.Second)})"))}) t(prediction, late)) TO '{path}'");
        return path;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(bench.Folder.ProjectRoot, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<OutcomeImportReport> ReadAsync(string path, OutcomeFileFormat format, OutcomeMapping? mapping = null) =>
        new OutcomeImport(new OutcomeLog(bench.Writer, TimeProvider.System, numbers: new OutcomeNumbers(new PredictionAnalysis(bench.Store, bench.Folder))), bench.Folder).ReadAsync(path, format, mapping ?? new OutcomeMapping(), TestContext.Current.CancellationToken);
}
