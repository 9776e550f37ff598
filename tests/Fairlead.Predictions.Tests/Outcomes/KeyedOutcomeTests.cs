using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Tracing;

namespace Fairlead.Predictions.Tests.Outcomes;

/// <summary>Outcomes that name whom a prediction was made for.</summary>
public sealed class KeyedOutcomeTests : IDisposable
{
    private const long Hour = 3_600_000_000;
    private readonly Workbench bench = new();
    private readonly MemoryCatalogs catalogs = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Scored_LastPredictionOfTheUnitInTheWindow_HasTheOutcome(bool isCompacted)
    {
        Declare(new OutcomeKey(TimeSpan.FromDays(1), IsAboutEvery: false));
        var old = Append("AA1", Workbench.Noon - (30 * Hour));
        var first = Append("AA1", Workbench.Noon - (3 * Hour));
        var last = Append("AA1", Workbench.Noon - (2 * Hour), rows: 2);
        var later = Append("AA1", Workbench.Noon + Hour);
        var other = Append("BB2", Workbench.Noon - Hour);
        await PostAsync("""{"late": 1}""", "AA1", Workbench.Noon);
        if (isCompacted)
            await bench.CompactAsync();
        Assert.Equal([[last.ToString()], [last.OfRow(1).ToString()]], await bench.AskAsync("select id from scored where outcome.late = 1 order by id"));
        Assert.Equal(6L, await bench.AskOneAsync("select count(*) from scored"));
        Assert.Equal(0L, await bench.AskOneAsync("select count(*) from unmatched"));
        foreach (var (id, expected) in new[] { (old, false), (first, false), (last, true), (last.OfRow(1), true), (later, false), (other, false) })
            Assert.Equal(expected, await bench.Lookup.FindOutcomeAsync(id, TestContext.Current.CancellationToken) is not null);
    }

    [Fact]
    public async Task Scored_EveryPredictionOfTheWindow_HasTheOutcomeUnlessItHasALaterOne()
    {
        Declare(new OutcomeKey(TimeSpan.FromHours(4), IsAboutEvery: true));
        Append("AA1", Workbench.Noon - (4 * Hour));
        var first = Append("AA1", Workbench.Noon - (3 * Hour));
        var last = Append("AA1", Workbench.Noon);
        await PostAsync("""{"late": 1}""", "AA1", Workbench.Noon);
        var log = Log();
        await log.PostAsync([new Outcome(first, Json("""{"late": 0}"""), At(Workbench.Noon + 1))], TestContext.Current.CancellationToken);
        Assert.Equal([[first.ToString(), 0.0], [last.ToString(), 1.0]], await bench.AskAsync("select id, outcome.late from scored where outcome is not null order by id"));
        // The later word on the same moment wins, and both are kept.
        await PostAsync("""{"late": 5}""", "AA1", Workbench.Noon);
        Assert.Equal([[0.0], [5.0]], await bench.AskAsync("select outcome.late from scored where outcome is not null order by 1"));
        Assert.Equal(3L, await bench.AskOneAsync("select count(*) from outcomes"));
        Assert.Equal(5.0, (await bench.Lookup.FindOutcomeAsync(last, TestContext.Current.CancellationToken))!.Values["late"].GetDouble());
    }

    [Fact]
    public async Task Unmatched_OutcomeBeforeItsPrediction_IsKeptAndFoundLater()
    {
        Declare(new OutcomeKey(TimeSpan.FromDays(1), IsAboutEvery: false));
        await PostAsync("""{"late": 1}""", "AA1", Workbench.Noon);
        await Log().PostAsync([new Outcome(bench.NewId(Workbench.Noon), Json("""{"late": 0}"""))], TestContext.Current.CancellationToken);
        await bench.CompactAsync();
        Assert.Equal([[null, "AA1"], [true, null]], await bench.AskAsync("select prediction is not null or null, unit from unmatched order by unit"));
        Append("AA1", Workbench.Noon - Hour);
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from unmatched"));
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from scored where outcome.late = 1"));
    }

    [Fact]
    public async Task Scored_Environment_LimitsTheOutcomeToIt()
    {
        Declare(new OutcomeKey(TimeSpan.FromDays(1), IsAboutEvery: false));
        Append("AA1", Workbench.Noon - Hour);
        Append("AA1", Workbench.Noon - Hour, environment: "canary");
        await PostAsync("""{"late": 1}""", "AA1", Workbench.Noon, "canary");
        Assert.Equal([["canary"]], await bench.AskAsync("select environment from scored where outcome is not null"));
        await PostAsync("""{"late": 2}""", "AA1", Workbench.Noon + 1);
        Assert.Equal([["canary", 2.0], ["prod", 2.0]], await bench.AskAsync("select environment, outcome.late from scored order by 1"));
    }

    [Fact]
    public async Task Post_HashedUnits_AreHashedAlike()
    {
        Directory.CreateDirectory(bench.Folder.Host);
        var key = Enumerable.Range(0, CaptureHash.KeySize).Select(i => (byte)i).ToArray();
        Declare(new OutcomeKey(TimeSpan.FromDays(1), IsAboutEvery: false), new CapturePolicy { Hash = ["unit"] });
        Assert.Equal(ProblemKind.Conflict, (await Assert.ThrowsAsync<FairleadException>(() => PostAsync("""{"late": 1}""", "AA1", Workbench.Noon))).Kind);
        await File.WriteAllBytesAsync(bench.Folder.CaptureKey, key, TestContext.Current.CancellationToken);
        Append(new CaptureHash(key).Of("AA1"), Workbench.Noon - Hour);
        await PostAsync("""{"late": 1}""", "AA1", Workbench.Noon);
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from scored where outcome.late = 1"));
        Assert.Equal(0L, await bench.AskOneAsync("select count(*) from outcomes where unit = 'AA1'"));
    }

    [Fact]
    public async Task Post_ServiceWithoutAKey_IsRefusedWithTheCure()
    {
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => PostAsync("""{"late": 1}""", "AA1", 0))).Kind);
        Declare(null);
        Assert.Contains("outcome: { key: unit", (await Assert.ThrowsAsync<FairleadException>(() => PostAsync("""{"late": 1}""", "AA1", 0))).Message);
        Declare(new OutcomeKey(TimeSpan.FromDays(1), IsAboutEvery: false));
        Assert.Contains("unit of 1 to", (await Assert.ThrowsAsync<FairleadException>(() => PostAsync("""{"late": 1}""", "", 0))).Message);
        Assert.Empty(await bench.AskAsync("from outcomes"));
    }

    private OutcomeLog Log() => new(bench.Writer, TimeProvider.System, new OutcomeKeys(catalogs, bench.Folder));

    private Task<OutcomeReceipt> PostAsync(string json, string unit, long time, string? environment = null) =>
        Log().PostAsync([new Outcome(default, Json(json), At(time)) { Unit = new OutcomeUnit("late", environment, unit) }], TestContext.Current.CancellationToken);

    private PredictionId Append(string unit, long time, int rows = 1, string environment = "prod")
    {
        var id = bench.NewId(time);
        bench.Append(Workbench.Flights(environment: environment), id, rows, [], [], time, error: "x", unit: unit);
        return id;
    }

    private void Declare(OutcomeKey? key, CapturePolicy? capture = null) => catalogs.Releases.Insert(0, new Release
    {
        Name = new ReleaseName(catalogs.Releases.Count + 1),
        Commit = new CommitState("0123", null, null),
        ProjectFile = new ArtifactRef(ArtifactKind.Blob, Digest.Of("x"u8), 1),
        Services = [new ReleasedService { Name = "late", Outcome = key, Capture = capture ?? CapturePolicy.Default }],
        CreatedAt = DateTimeOffset.UnixEpoch,
        CreatedBy = "ann",
    });

    private static DateTimeOffset At(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
