using System.Text.Json;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Outcomes;

public sealed class OutcomeLogTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Post_LastWinsHistoryIsKeptAndTheUnmatchedToo()
    {
        var first = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        bench.AppendFlight(Workbench.Flights(), "JFK", 9, 0.25f);
        await PostAsync((first, """{"late": 1, "note": "first"}"""));
        await PostAsync((first, """{"late": 0, "delay": 23}"""), (bench.NewId(Workbench.Noon), """{"late": true}"""));
        foreach (var isCompacted in new[] { false, true })
        {
            if (isCompacted)
                await bench.CompactAsync();
            Assert.Equal(3L, await bench.AskOneAsync("select count(*) from outcomes"));
            var rows = await bench.AskAsync("select input.origin, outcome.late, outcome.delay, outcome.note from scored order by input.origin");
            Assert.Equal(["JFK", null, null, null], rows[0]);
            Assert.Equal("SFO", rows[1][0]);
            Assert.Equal(23.0, rows[1][2]);
            Assert.Null(rows[1][3]);
            Assert.Equal(2L, await bench.AskOneAsync("select count(*) from scored"));
        }

        var outcome = await bench.Lookup.FindOutcomeAsync(first, TestContext.Current.CancellationToken);
        Assert.Equal(23.0, outcome!.Values["delay"].GetDouble());
        Assert.DoesNotContain("note", outcome.Values.Keys);
        Assert.Null(await bench.Lookup.FindOutcomeAsync(bench.NewId(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fields_OfSeveralFiles_AreJoinedByNameAndType()
    {
        var id = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        await PostAsync((id, """{"n": 1, "b": true, "t": "x", "z": null}"""));
        await bench.CompactAsync();
        await PostAsync((id, """{"N": 2.5, "B": false, "t": null, "z": 4, "week": "2001-02-05"}"""));
        await bench.CompactAsync();
        Assert.Equal(3.5, await bench.AskOneAsync("select sum(outcome.n) from outcomes"));
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from outcomes where outcome.b"));
        Assert.Equal([2.5, false, null, 4.0, "2001-02-05"], Assert.Single(await bench.AskAsync("select outcome.n, outcome.b, outcome.t, outcome.z, outcome.week from scored")));
    }

    [Fact]
    public async Task Fields_OfMixedTypes_AreText()
    {
        var id = bench.NewId(Workbench.Noon);
        await PostAsync((id, """{"x": 1.50}"""), (id, """{"x": "é\u0000\"q"}"""), (id, """{"x": true, "x": false}"""));
        Assert.Equal([["1.50"], ["é\0\"q"], ["false"]], await bench.AskAsync("select outcome.x from outcomes order by time"));
    }

    [Fact]
    public async Task Post_ATextWhereNumbersAreRecorded_IsRefusedAndTheFieldStaysOneOfNumbers()
    {
        using var log = new CheckedLog(bench);
        var (first, second) = (bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f), bench.AppendFlight(Workbench.Flights(), "JFK", 9, 0.5f));
        await log.PostAsync(first, """{"late": 1, "note": "7"}""");
        foreach (var isCompacted in new[] { false, true })
        {
            if (isCompacted)
                await bench.CompactAsync();
            var error = await Assert.ThrowsAsync<FairleadException>(() => log.PostAsync(second, """{"note": "x", "Late": "it's"}"""));
            Assert.Equal(ProblemKind.Invalid, error.Kind);
            Assert.Equal($"The field 'Late' of the outcome 0 (prediction '{second}') is 'it's', which is no number, as all that is recorded of it is; give a number, or the text in a field of another name.", error.Message);
            Assert.Equal(1.0, await bench.AskOneAsync("select avg(outcome.late) from scored"));
        }

        // What holds texts goes on to, and nothing is no text.
        await log.PostAsync(second, """{"late": null, "note": "x", "fresh": "y"}""");
        await log.PostAsync(second, """{"late": 0, "note": 3, "fresh": "z"}""");
        await log.PostAsync(second, """{"note": "a", "fresh": "b"}""");
        Assert.Equal(0.5, await bench.AskOneAsync("select avg(outcome.late) from outcomes"));
    }

    [Fact]
    public async Task Post_ATextWhileRecordedOutcomesCannotBeRead_IsRecorded()
    {
        using var log = new CheckedLog(bench);
        var id = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        await log.PostAsync(id, """{"late": 1}""");
        await bench.CompactAsync();
        foreach (var file in Directory.EnumerateFiles(bench.Folder.Predictions, "*.parquet", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(file, "no parquet", TestContext.Current.CancellationToken);

        await log.PostAsync(id, """{"note": "x"}""");
    }

    [Fact]
    public async Task Post_ATextAmongMostlyNumbers_IsRefusedByPlace()
    {
        var ids = Enumerable.Range(0, 3).Select(_ => bench.NewId(Workbench.Noon)).ToList();
        var error = await Assert.ThrowsAsync<FairleadException>(() => PostAsync((ids[0], """{"late": 1}"""), (ids[1], $$"""{"late": "{{new string('w', 60)}}"}"""), (ids[2], """{"late": 0}""")));
        Assert.Equal($"The field 'late' of the outcome 1 (prediction '{ids[1]}') is '{new string('w', 50)}…', which is no number, as most of what comes with it is; give a number, or the text in a field of another name.", error.Message);
        Assert.Empty(await bench.AskAsync("from outcomes"));
        await PostAsync((ids[0], """{"gate": 1}"""), (ids[1], """{"gate": "A1"}"""));
    }

    [Theory]
    [InlineData("[1]", "array")]
    [InlineData("{}", "0 fields")]
    [InlineData("""{"a": {"b": 1}}""", "'a'")]
    [InlineData("""{"a": [1]}""", "'a'")]
    [InlineData("""{"a": 1e999}""", "1e999")]
    [InlineData("""{"": 1}""", "1 to 128")]
    public async Task Post_BadOutcome_IsRefusedByNameAndNothingIsRecorded(string json, string expected)
    {
        var id = bench.NewId(Workbench.Noon);
        var error = await Assert.ThrowsAsync<FairleadException>(() => PostAsync((id, """{"good": 1}"""), (id, json)));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        Assert.Contains(expected, error.Message);
        Assert.Contains("outcome 1", error.Message);
        Assert.Empty(await bench.AskAsync("from outcomes"));
    }

    [Fact]
    public async Task Post_GivenTimes_TheLatestCounts()
    {
        var id = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        var log = new OutcomeLog(bench.Writer, TimeProvider.System);
        var late = DateTimeOffset.UnixEpoch.AddDays(12_000);
        var receipt = await log.PostAsync([Of(id, """{"late": 1}""", late), Of(id, """{"late": 0}""", late.AddDays(-1))], TestContext.Current.CancellationToken);
        Assert.Equal(new OutcomeReceipt(2, 0), receipt);
        await bench.CompactAsync();
        Assert.Equal(1.0, await bench.AskOneAsync("select outcome.late from scored"));
        Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(bench.Folder.Predictions, "outcomes"), "*.parquet", SearchOption.AllDirectories).Count());
        await Assert.ThrowsAsync<FairleadException>(() => log.PostAsync([Of(id, """{"late": 1}""", DateTimeOffset.MinValue)], TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<FairleadException>(() => log.PostAsync([Of(default, """{"late": 1}""", null)], TestContext.Current.CancellationToken));
    }

    /// <summary>A log that knows what is recorded.</summary>
    private sealed class CheckedLog(Workbench bench) : IDisposable
    {
        private readonly SegmentWriter writer = bench.Open("control");

        public Task<OutcomeReceipt> PostAsync(PredictionId id, string json) =>
            new OutcomeLog(writer, TimeProvider.System, numbers: new OutcomeNumbers(new PredictionAnalysis(bench.Store, bench.Folder))).PostAsync([Of(id, json, null)], TestContext.Current.CancellationToken);

        public void Dispose() => writer.Dispose();
    }

    private static Outcome Of(PredictionId id, string json, DateTimeOffset? time) => new(id, JsonDocument.Parse(json).RootElement, time);

    private Task<OutcomeReceipt> PostAsync(params (PredictionId Id, string Json)[] outcomes) =>
        new OutcomeLog(bench.Writer, TimeProvider.System).PostAsync([.. outcomes.Select(outcome => Of(outcome.Id, outcome.Json, null))], TestContext.Current.CancellationToken);
}
