using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Keeping;

namespace Fairlead.Predictions.Tests.Outcomes;

/// <summary>Outcomes that come when their prediction is gone.</summary>
public sealed class ErasedOutcomeTests : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);
    private readonly KeepingBench bench = new();
    private readonly ErasedOutcomes erased;

    public ErasedOutcomeTests()
    {
        erased = new ErasedOutcomes(bench.Log.Folder, bench.Records, new PredictionAnalysis(bench.Log.Store, bench.Log.Folder));
        bench.Catalogs.Releases.Add(new Release
        {
            Name = new ReleaseName(1),
            Commit = new CommitState("0123456789abcdef", "main", null),
            ProjectFile = new ArtifactRef(ArtifactKind.Blob, Digest.Of("{}"u8), 2),
            Services = [new ReleasedService { Name = "late", Outcome = new OutcomeKey(Window, IsAboutEvery: false) }],
            CreatedAt = DateTimeOffset.UnixEpoch,
            CreatedBy = "test",
        });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        erased.Dispose();
        bench.Dispose();
    }

    [Fact]
    public async Task Post_ForAnErasedPrediction_IsCountedAndNotKept()
    {
        var ids = await bench.FillAsync(1, 4, unit: row => row == 1 ? "anna" : "bert");
        await EraseAsync("anna");

        Assert.Equal(new OutcomeReceipt(1, 1), await PostAsync([new Outcome(ids[1], Values(77)), new Outcome(ids[2], Values(1))]));
        Assert.Equal(new OutcomeReceipt(0, 1), await PostAsync([new Outcome(ids[1], Values(78))]));

        await AssertKeptAsync(outcomes: 1, unmatched: 0);
        Assert.Equal(2, Assert.Single(await bench.Erasure.ListAsync(Cancellation)).LateOutcomes);
    }

    [Fact]
    public async Task Post_ForAnErasedUnit_IsNotKeptUntilTheUnitIsBack()
    {
        await bench.FillAsync(1, 1, start: Now(-2), unit: _ => "anna");
        await EraseAsync("anna");
        Assert.Equal(new OutcomeReceipt(1, 1), await PostAsync([OfUnit("anna", Now(1)), OfUnit("bert", Now(1))]));

        // Nobody else's, and not a later life of this one: that has outcomes again.
        bench.Log.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f, Now(2), "anna");
        Assert.Equal(new OutcomeReceipt(0, 1), await PostAsync([OfUnit("anna", Now(1))]));
        Assert.Equal(new OutcomeReceipt(1, 0), await PostAsync([OfUnit("anna", Now(3))]));
        Assert.Equal(new OutcomeReceipt(0, 1), await PostAsync([OfUnit("anna", Now(3), environment: "stage")]));

        await AssertKeptAsync(outcomes: 2, unmatched: 1);
        Assert.Equal(3, Assert.Single(await bench.Erasure.ListAsync(Cancellation)).LateOutcomes);
    }

    [Fact]
    public async Task Post_ForAUnitThatWasErasedElsewhere_IsKept()
    {
        await bench.FillAsync(1, 1, Workbench.Flights(environment: "stage"), Now(-2), _ => "anna");
        await bench.Erasure.EraseAsync(new ErasureOrder { Unit = "anna", Environment = "stage", RequestedBy = "test" }, Cancellation);
        Assert.Equal(new OutcomeReceipt(2, 1), await PostAsync([OfUnit("anna", Now(1), "prod"), OfUnit("anna", Now(1)), OfUnit("anna", Now(1), "stage")]));
    }

    [Fact]
    public async Task Import_OfErasedPredictions_CountsThem()
    {
        var ids = await bench.FillAsync(1, 4, unit: row => row < 2 ? "anna" : "bert");
        await EraseAsync("anna");
        var path = Path.Combine(bench.Log.Folder.ProjectRoot, "outcomes.csv");
        await File.WriteAllLinesAsync(path, ["prediction,late", .. ids.Select(id => $"{id},1")], Cancellation);

        var report = await new OutcomeImport(Log(), bench.Log.Folder).ReadAsync(path, OutcomeFileFormat.Csv, new OutcomeMapping(), Cancellation);

        Assert.Equal((2, 2, 0), (report.Recorded, report.Erased, report.Skipped));
        await File.WriteAllLinesAsync(path, ["unit,late,time", $"anna,1,{At(Now(1)):O}", $"bert,1,{At(Now(1)):O}"], Cancellation);
        report = await new OutcomeImport(Log(), bench.Log.Folder).ReadAsync(path, OutcomeFileFormat.Csv, new OutcomeMapping { Service = "late" }, Cancellation);
        Assert.Equal((1, 1), (report.Recorded, report.Erased));
    }

    [Fact]
    public async Task Unmatched_OfAll_AreCountedAfresh()
    {
        using var unmatched = new UnmatchedOutcomes(new PredictionAnalysis(bench.Log.Store, bench.Log.Folder), TimeProvider.System);
        Assert.Equal(0, await unmatched.ReadAsync(Cancellation));
        var ids = await bench.FillAsync(1, 2);
        await PostAsync([new Outcome(ids[0], Values(1)), new Outcome(PredictionId.Create(TimeProvider.System), Values(1))]);
        using var later = new UnmatchedOutcomes(new PredictionAnalysis(bench.Log.Store, bench.Log.Folder), TimeProvider.System);
        Assert.Equal(1, await later.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task Post_ThatBeganBeforeTheErasure_IsErasedWithTheOthers()
    {
        var ids = await bench.FillAsync(1, 4, start: Now(-2), unit: row => row == 1 ? "anna" : "bert");
        var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Erasure.Reached = step => _ = step == ErasureStep.Found && found.TrySetResult();
        var (log, key) = (Log(), await Log().FindKeyAsync("late", Cancellation));
        using (var filter = await log.OpenFilterAsync(withUnits: true, Cancellation))
        {
            var erasing = EraseAsync("anna");
            await found.Task.WaitAsync(Cancellation);
            // It has looked for outcomes already, and this one knows nothing of it.
            log.Append(filter, ids[1], null, """{"late": 1}"""u8, 0);
            log.Append(filter, ids[2], null, """{"late": 1}"""u8, 1);
            await log.FlushAsync(log.Append(filter, key, null, "anna"u8, Now(1), """{"late": 1}"""u8, 2), filter, Cancellation);
            bench.Log.Seal();
            filter!.Dispose();
            await erasing;
        }

        await AssertKeptAsync(outcomes: 1, unmatched: 0);
        Assert.Equal(new OutcomeReceipt(0, 1), await PostAsync([new Outcome(ids[1], Values(1))]));
    }

    // Hours from now: an erasure covers what was before it.
    private static long Now(int hours) => (TimeProvider.System.GetUtcNow().AddHours(hours) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static DateTimeOffset At(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    private static JsonElement Values(int late) => JsonElement.Parse($$"""{"late": {{late}}}""");

    private static Outcome OfUnit(string unit, long at, string? environment = null) => new(default, Values(55), At(at)) { Unit = new OutcomeUnit("late", environment, unit) };

    private OutcomeLog Log() => new(bench.Log.Writer, TimeProvider.System, new OutcomeKeys(bench.Catalogs, bench.Log.Folder), erased);

    private Task<OutcomeReceipt> PostAsync(IReadOnlyList<Outcome> outcomes) => Log().PostAsync(outcomes, Cancellation);

    private Task EraseAsync(string unit) => bench.Erasure.EraseAsync(new ErasureOrder { Unit = unit, RequestedBy = "test" }, Cancellation);

    private async Task AssertKeptAsync(long outcomes, long unmatched)
    {
        Assert.Equal(outcomes, await bench.Log.AskOneAsync("select count(*) from outcomes"));
        Assert.Equal(unmatched, await bench.Log.AskOneAsync("select count(*) from unmatched"));
    }
}
