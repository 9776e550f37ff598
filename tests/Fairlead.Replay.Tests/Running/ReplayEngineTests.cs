using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.DuckDb;
using Fairlead.Inference.Chains;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Reporting;
using Fairlead.Replay.Running;

namespace Fairlead.Replay.Tests.Running;

public sealed class ReplayEngineTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly Bench bench = new();

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Run_SameModel_AgreesToTheLastBit()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.RecordAsync(model, 5000);
        await bench.CompactAsync();
        await bench.RecordAsync(model, 300, seed: 2, first: 5000, rowsPerRequest: 10);

        var (record, report) = await RunAsync(Bench.Order("late@1"));

        Assert.Equal(ReplayStatus.Succeeded, record.Status);
        Assert.Equal(5300, report.Replayed);
        Assert.Equal(new Agreement(5300, 5300, 5300), report.Agreement);
        Assert.All(report.Outputs, output => Assert.Equal(5300, output.Agreement.Identical));
        Assert.Equal(0, report.Outputs.Single(output => output.Name == "late").Differences!.MaxAbsolute);
        Assert.Empty(report.Worst);
        Assert.Equal(1, record.Metrics["replay.agreement"]);
        Assert.Equal(0, record.Metrics["replay.diff.p99"]);
        Assert.Equal(0.5, report.Timing.RecordedP50);
        Assert.False(Directory.Exists(Path.Combine(bench.State.Replays, "1")));
        Assert.True(bench.Store.Contains(record.Rows!));
    }

    [Fact]
    public async Task Run_MoreRowsThanAreJudged_DrawsThemAndCountsAll()
    {
        var old = await bench.AddModelAsync(Models.Delays(0));
        await bench.AddModelAsync(Models.Delays(0.1f));
        var ids = await bench.RecordAsync(old, 4000);
        await bench.PostAsync(ids.Select((id, index) => (id, $$"""{"late": {{index % 2}}}""")));

        var engine = bench.Engine(judgedRows: 1000);
        var report = await bench.Replays.ReadReportAsync(await engine.RunAsync(Bench.Order("late@2") with { By = ["origin"] }, _ => { }, None), None);

        Assert.Equal((4000, 4000), (report.Replayed, report.Agreement.Rows));
        Assert.Equal(4000, report.Evaluation!.DrawnFrom);
        Assert.InRange(report.Evaluation.Judged, 850, 1150);
        Assert.Equal(report.Evaluation.Judged, report.Evaluation.Outcomes);
        Assert.Equal(4000, report.Segments.Sum(segment => segment.Rows));
        Assert.Equal(report.Evaluation.Judged, report.Segments.Sum(segment => segment.Outcomes));
        Assert.All(report.Segments, segment => Assert.NotEmpty(segment.Metrics));
    }

    [Fact]
    public async Task Run_OtherModelWithOutcomes_SaysWhichIsBetter()
    {
        var random = new Random(3);
        var old = await bench.AddModelAsync(Models.Delays(0));
        await bench.AddModelAsync(Models.Delays(0.1f));
        var ids = await bench.RecordAsync(old, 4000);
        await bench.CompactAsync();
        var hours = (await bench.AskAsync("select id::varchar, input.hour from predictions")).ToDictionary(row => (string)row[0]!, row => (long)row[1]!);
        // The later it is, the likelier it comes true; a quarter is not known yet.
        await bench.PostAsync(ids.Where((_, index) => index % 4 != 0).Select(id => (id, $$"""{"late": {{(random.NextDouble() < hours[id.ToString()] / 24.0 ? 1 : 0)}}, "note": "x"}""")));

        var (record, report) = await RunAsync(Bench.Order("late@2") with { By = ["origin", "hour(time)"] });

        Assert.Equal(new CountedName("late-prod-v001", 4000), Assert.Single(report.RecordedBy));
        Assert.InRange(report.Agreement.Share!.Value, 0, 0.2);
        var late = report.Outputs.Single(output => output.Name == "late");
        Assert.InRange(late.Differences!.P50, 0.1, 0.5);
        Assert.Equal(4000, late.Differences.Histogram.Sum(bin => bin.Rows));
        Assert.Equal(4000, report.Outputs.Single(output => output.Name == "band").Agreement.Identical);
        var evaluation = report.Evaluation!;
        Assert.Equal(EvaluationTask.Binary, evaluation.Task);
        Assert.Equal("outcome.\"late\"", evaluation.Label);
        Assert.Equal(3000, evaluation.Outcomes);
        var auc = evaluation.Metrics.Single(metric => metric.Name == "auc");
        Assert.InRange(auc.Recorded!.Value, 0.45, 0.55);
        Assert.InRange(auc.Replayed!.Value, 0.75, 0.9);
        Assert.True(auc.Low > 0.2 && auc.Low < auc.Difference && auc.Difference < auc.High);
        Assert.Equal(auc.Replayed, record.Metrics["replay.auc"]);
        Assert.Equal(auc.Recorded, record.Metrics["replay.recorded.auc"]);
        Assert.Equal(10, evaluation.ReplayedCalibration!.Count);
        Assert.Equal(4000, report.Segments.Sum(segment => segment.Rows));
        Assert.All(report.Segments, segment => Assert.Equal(2, segment.Values.Count));
        Assert.Contains(report.Segments, segment => segment.Values[0] == "Reykjavík-Keflavík" && segment.Metrics.Any(metric => metric is { Name: "auc", Replayed: > 0.7 }));
        Assert.Equal(20, report.Worst.Count);
        var worst = report.Worst[0];
        Assert.Equal(late.Differences.MaxAbsolute, worst.Difference, 6);
        Assert.Equal(23, worst.Inputs!.Value.GetProperty("hour").GetInt32());
        Assert.Equal(worst.Difference, worst.Replayed!.Value.GetProperty("late").GetDouble() - worst.Recorded!.Value.GetProperty("late").GetDouble(), 5);
    }

    [Fact]
    public async Task Run_RowsOfTheStore_AreThoseOfThePredictions()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        var ids = await bench.RecordAsync(model, 1000);
        var (record, _) = await RunAsync(Bench.Order("late@1") with { Where = "input.hour < 12 -- the morning" }, chunkRows: 100);
        var entries = await bench.Store.ReadTreeAsync(record.Rows!.Digest, None);
        Assert.True(entries.Count > 3);
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        var files = DuckDbText.List(entries.Select(entry => bench.Store.PathOf(entry.Digest)));
        Assert.Equal(record.Plan.Rows, connection.Scalar($"select count(distinct id) from read_parquet({files}) where replayed.late = recorded.late and error is null"));
        Assert.Equal(record.Plan.Rows, connection.Scalar($"select count(*) from read_parquet({files})"));
    }

    [Fact]
    public async Task Run_ModelThatFailsOnSomeRows_CountsThemAndGoesOn()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.AddModelAsync(Models.Fragile());
        await bench.RecordAsync(model, 3000);
        bench.Append(bench.Context(model), 1, [], [], Bench.Noon, status: 500, error: "it broke");
        var (_, report) = await RunAsync(Bench.Order("late@2"));
        var failing = (long)(await bench.AskAsync("select count(*) from predictions where input.hour > 20"))[0][0]!;
        Assert.Equal(3000 - failing, report.Replayed);
        Assert.Equal(3001, report.Selected);
        Assert.Equal(1, report.Skipped.Single(reason => reason.Name == "answered by an error").Rows);
        Assert.Equal(failing, report.Skipped.Where(reason => reason.Name.Contains("could not score", StringComparison.Ordinal)).Sum(reason => reason.Rows));
    }

    [Fact]
    public async Task Run_InputsLeftOut_AreSkippedByReason()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.RecordAsync(model, 50);
        var outputs = Outputs(0.5f);
        bench.Append(bench.Context(model), 1, [], outputs, Bench.Noon);
        bench.Append(bench.Context(model), 1, WithoutOrigin(), outputs, Bench.Noon);
        var (_, report) = await RunAsync(Bench.Order("late@1"));
        Assert.Equal(50, report.Replayed);
        Assert.Equal(
            [new CountedName("no inputs were recorded", 1), new CountedName("no value was recorded for the input 'origin'", 1)],
            report.Skipped.OrderBy(reason => reason.Name));
    }

    [Fact]
    public async Task Run_LimitAndSample_DrawTheSameRowsAgain()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.RecordAsync(model, 2000);
        var (limited, _) = await RunAsync(Bench.Order("late@1") with { Limit = 100 });
        var (again, _) = await RunAsync(Bench.Order("late@1") with { Limit = 100 });
        var (sampled, _) = await RunAsync(Bench.Order("late@1") with { Sample = 0.25 });
        Assert.Equal(100, limited.Plan.Rows);
        Assert.Equal(limited.Rows, again.Rows);
        Assert.InRange(sampled.Plan.Rows, 400, 600);
    }

    [Fact]
    public async Task Run_EvaluationOfTheProjectFile_IsUsed()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        var ids = await bench.RecordAsync(model, 200);
        await bench.PostAsync(ids.Select((id, index) => (id, $$"""{"minutes": {{index}}}""")));
        bench.Workspace.Project = bench.Workspace.Project with
        {
            Services = [new ServiceDefinition { Name = "late", Model = "late", Evaluation = new EvaluationPolicy { Score = "late", Label = "outcome.minutes > 100", Threshold = 0.25 } }],
        };
        var (_, report) = await RunAsync(Bench.Order("late@1"));
        Assert.Equal(("outcome.minutes > 100", 0.25, EvaluationTask.Binary), (report.Evaluation!.Label, report.Evaluation.Threshold, report.Evaluation.Task));
        var (_, other) = await RunAsync(Bench.Order("late@1") with { Label = "minutes", Task = EvaluationTask.Regression });
        Assert.Contains(other.Evaluation!.Metrics, metric => metric.Name == "rmse");
        var (_, classes) = await RunAsync(Bench.Order("late@1") with { Score = "band", Label = "case when outcome.minutes > 50 then 'day' else 'early' end" });
        Assert.Equal(EvaluationTask.Multiclass, classes.Evaluation!.Task);
        var (_, lists) = await RunAsync(Bench.Order("late@1") with { Score = "[output.band, 'night']", Label = "'day'" });
        Assert.Equal(EvaluationTask.Ranking, lists.Evaluation!.Task);
        Assert.Equal(lists.Evaluation.Metrics.Single(metric => metric.Name == "hit@1").Replayed, classes.Evaluation.Metrics.Count > 0 ? lists.Evaluation.Metrics.Single(metric => metric.Name == "mrr").Replayed : null);
    }

    [Fact]
    public async Task Run_Chain_TakesAModelVersionAndAnotherTransform()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.AddModelAsync(Models.Delays(0.2f));
        var inputs = model.Signature.Inputs;
        const string Sql = "select origin, hour, distance from input order by row";
        var chain = new ChainInspector().Inspect("late", new ChainDefinition(inputs, [new ChainStage(null, "a.sql"), new ChainStage("late", null)]), [new ReleasedStage(null, Sql), new ReleasedStage(model, null)]);
        await bench.AddReleaseAsync(new ReleasedService { Name = "late", Chain = chain });
        await bench.RecordAsync(model, 500);
        var (same, first) = await RunAsync(Bench.Order());
        Assert.Equal("late@1 of release v001", same.Target.Label);
        Assert.Equal(500, first.Agreement.Identical);
        var (other, second) = await RunAsync(Bench.Order("late@2"));
        Assert.Equal("late with late@2", other.Target.Label);
        Assert.InRange(second.Agreement.Identical, 1, 60);
        var (_, third) = await RunAsync(Bench.Order() with { Transforms = new Dictionary<int, string> { [1] = "select origin, 0 as hour, distance from input order by row" } });
        Assert.True(third.Outputs.Single(output => output.Name == "late").Differences!.Mean < -0.1);
        await RefusedAsync(Bench.Order() with { Transforms = new Dictionary<int, string> { [2] = Sql } }, ProblemKind.Invalid, "stage '2' of the chain 'late' is no transform; transforms are '1'");
    }

    [Fact]
    public async Task Run_Release_HasTheConfigurationOfTheEnvironmentThatIsDeliveredTo()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        ConfigSetting[] config = [new ConfigSetting("shift", ConfigType.Integer) { Default = JsonSerializer.SerializeToElement(0) }];
        const string Sql = "select origin, hour + (select shift from config) as hour, distance from input order by row";
        ReleasedStage[] stages = [new ReleasedStage(null, Sql), new ReleasedStage(model, null)];
        var chain = new ChainInspector().Inspect("late", new ChainDefinition(model.Signature.Inputs, [new ChainStage(null, "a.sql"), new ChainStage("late", null)]), stages, config);
        await bench.AddReleaseAsync(new ReleasedService { Name = "late", Chain = chain, Config = config });
        await bench.RecordAsync(model, 500);
        // Predictions of an environment that is no more are scored with the release's own values.
        var (_, none) = await RunAsync(Bench.Order("v001"));
        bench.Workspace.Project = bench.Workspace.Project with { Environments = [new EnvironmentDefinition("prod"), new EnvironmentDefinition("acme")] };
        bench.Configurations.Values["prod"] = 0;
        bench.Configurations.Values["acme"] = 3;

        var (_, same) = await RunAsync(Bench.Order("v001"));
        var (other, shifted) = await RunAsync(Bench.Order("v001") with { Environment = "acme" });
        var (_, latest) = await RunAsync(Bench.Order() with { Environment = "acme" });
        var (_, version) = await RunAsync(Bench.Order("late@1") with { Environment = "acme" });

        Assert.Equal((500, 500), (none.Agreement.Identical, same.Agreement.Identical));
        Assert.Equal("late@1 of release v001 as in acme", other.Target.Label);
        Assert.True(shifted.Agreement.Identical < 500);
        Assert.Equal((shifted.Agreement, shifted.Agreement), (latest.Agreement, version.Agreement));
        await RefusedAsync(Bench.Order("v001") with { Environment = "nowhere" }, ProblemKind.NotFound, "no environment 'nowhere'");
    }

    [Fact]
    public async Task Run_WhatIsNotThere_IsRefusedWithWhatIs()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.AddModelAsync(Models.Stranger(), "other");
        await bench.AddReleaseAsync(new ReleasedService { Name = "late", Model = model });
        await bench.RecordAsync(model, 10);
        await RefusedAsync(Bench.Order("late@9"), ProblemKind.NotFound, "no model version 'late@9'; known: late@1");
        await RefusedAsync(Bench.Order("lat@1"), ProblemKind.NotFound, "did you mean 'late'?");
        await RefusedAsync(Bench.Order("v009"), ProblemKind.NotFound, "no release 'v009'; did you mean 'v001'?");
        await RefusedAsync(Bench.Order("train-99"), ProblemKind.NotFound, "no run 'train-99'");
        await RefusedAsync(Bench.Order("late-prod-v009"), ProblemKind.NotFound, "no server group 'late-prod-v009'");
        await RefusedAsync(Bench.Order("???"), ProblemKind.Invalid, "nothing that predictions are replayed through");
        await RefusedAsync(Bench.Order("late@1") with { From = "prof" }, ProblemKind.NotFound, "did you mean 'prod'?");
        await RefusedAsync(Bench.Order("late@1") with { Service = "latte" }, ProblemKind.NotFound, "did you mean 'late'?");
        await RefusedAsync(Bench.Order("late@1") with { Since = Bench.Noon.AddDays(3) }, ProblemKind.NotFound, "it has 10 from 2001-01-20 12:00:00Z to 2001-01-20 12:00:09Z");
        await RefusedAsync(Bench.Order("late@1") with { Where = "input.nothing = 1" }, ProblemKind.Invalid, "nothing");
        await RefusedAsync(Bench.Order("late@1") with { Where = "(select count(*) from read_text('/etc/passwd')) > 0" }, ProblemKind.Invalid, "read_text");
        await RefusedAsync(Bench.Order("late@1") with { By = ["orign"] }, ProblemKind.Invalid, "did you mean 'origin'?");
        await RefusedAsync(Bench.Order("late@1") with { Score = "output.lat" }, ProblemKind.Invalid, "The score 'output.lat'");
        await RefusedAsync(Bench.Order("other@1"), ProblemKind.Invalid, "takes 'hours', which the predictions of 'late' in 'prod' do not hold");
        await RefusedAsync(Bench.Order("late@1") with { Until = Bench.Noon.AddDays(-60) }, ProblemKind.Invalid, "is empty");
        await RefusedAsync(Bench.Order("late@1") with { Sample = 0 }, ProblemKind.Invalid, "sample '0'");
        Assert.Empty(await bench.Replays.ListAsync(null, 10, None));
    }

    [Fact]
    public async Task Run_Stopped_IsResumedFromWhatIsDone()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.RecordAsync(model, 4000);
        var (_, expected) = await RunAsync(Bench.Order("late@1"), chunkRows: 200);
        using var stopping = new CancellationTokenSource();
        bench.Scorers = new InterruptingScorers(bench.Scorers, stopping, afterCalls: 8);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Engine(1, 200).RunAsync(Bench.Order("late@1"), _ => { }, stopping.Token));

        var stopped = await bench.Replays.FindAsync(2, None);
        Assert.Equal(ReplayStatus.Stopped, stopped.Status);
        var done = Directory.GetFiles(Path.Combine(bench.State.Replays, "2"), "*.parquet").ToDictionary(path => path, File.GetLastWriteTimeUtc);
        Assert.InRange(done.Count, 5, 10);
        var touched = false;
        var resumed = await bench.Engine(1, 200).ResumeAsync(2, _ => touched |= done.Any(file => File.Exists(file.Key) && File.GetLastWriteTimeUtc(file.Key) != file.Value), None);
        Assert.False(touched);
        AssertSame(expected, await bench.Replays.ReadReportAsync(resumed, None));
        Assert.Equal(ProblemKind.Conflict, (await Assert.ThrowsAsync<FairleadException>(() => bench.Engine().ResumeAsync(2, _ => { }, None))).Kind);
    }

    [Fact]
    public async Task Run_ServiceThatIsBeingReplayed_IsAConflict()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.RecordAsync(model, 10);
        var engine = bench.Engine();
        FairleadException? refused = null;
        await engine.RunAsync(
            Bench.Order("late@1"),
            _ => refused ??= Assert.Throws<FairleadException>(() => engine.RunAsync(Bench.Order("late@1"), _ => { }, None).GetAwaiter().GetResult()),
            None);
        Assert.Equal(ProblemKind.Conflict, refused!.Kind);
    }

    [Fact]
    public async Task Recover_RunningReplays_AreStopped()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.RecordAsync(model, 10);
        var (record, _) = await RunAsync(Bench.Order("late@1"));
        await bench.Replays.UpdateAsync(record with { Status = ReplayStatus.Running }, None);
        await bench.Engine().RecoverAsync(None);
        Assert.Equal(ReplayStatus.Stopped, (await bench.Replays.FindAsync(1, None)).Status);
    }

    internal static void AssertSame(ReplayReport expected, ReplayReport actual)
    {
        var other = actual with { Number = expected.Number, Timing = expected.Timing };
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(expected, ReplayJson.Default.ReplayReport), System.Text.Json.JsonSerializer.Serialize(other, ReplayJson.Default.ReplayReport));
    }

    private static byte[] Outputs(float late)
    {
        var header = new byte[TensorBlock.HeaderSize(2)];
        TensorBlock.WriteHeader(header, TensorType.Float32, [1, 1], 4);
        return [.. header, .. BitConverter.GetBytes(late), 0];
    }

    // The first tensor is absent.
    private static byte[] WithoutOrigin()
    {
        var hour = new byte[TensorBlock.HeaderSize(1)];
        TensorBlock.WriteHeader(hour, TensorType.Int64, [1], 8);
        var distance = new byte[TensorBlock.HeaderSize(2)];
        TensorBlock.WriteHeader(distance, TensorType.Float32, [1, 1], 4);
        return [0, .. hour, .. BitConverter.GetBytes(7L), .. distance, .. BitConverter.GetBytes(1f)];
    }

    private async Task<(ReplayRecord Record, ReplayReport Report)> RunAsync(ReplayOrder order, int chunkRows = 131_072)
    {
        var record = await bench.Engine(chunkRows: chunkRows).RunAsync(order, _ => { }, None);
        return (record, await bench.Replays.ReadReportAsync(record, None));
    }

    private async Task RefusedAsync(ReplayOrder order, ProblemKind kind, string part)
    {
        var e = await Assert.ThrowsAsync<FairleadException>(() => bench.Engine().RunAsync(order, _ => { }, None));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.Equal(kind, e.Kind);
    }
}
