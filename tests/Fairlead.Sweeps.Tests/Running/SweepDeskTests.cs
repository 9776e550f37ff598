using System.Collections.Concurrent;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;

namespace Fairlead.Sweeps.Tests.Running;

public sealed class SweepDeskTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static double? Score(IReadOnlyDictionary<string, JsonElement> values) =>
        values["factors"].GetInt32() == 8 ? null : 1 - Math.Abs(Math.Log10(values["l2"].GetDouble()) + 2) - values["threshold"].GetDouble();

    [Fact]
    public async Task Sweep_ToItsEnd_NamesTheBestOfItsTrials()
    {
        await using var bench = new SweepBench();
        var graphs = new FakeGraphs(Score) { WaitsForCompany = true };
        var told = new ConcurrentQueue<SweepProgress>();
        var report = await bench.Desk(graphs).RunAsync(SweepBench.Order, told.Enqueue, Token);
        Assert.Equal(SweepStatus.Succeeded, report.Sweep.Status);
        Assert.Equal((12, 12, report.Trials.Count(trial => trial.Status == TrialStatus.Failed)), (report.Sweep.Done, report.Trials.Count, report.Sweep.Failed));
        var best = report.Trials.Where(trial => trial.Value is not null).MaxBy(trial => trial.Value)!;
        Assert.Equal((best.Number, best.Value), (report.Sweep.Best, report.Sweep.BestValue));
        Assert.Equal(best.Values["l2"].GetRawText(), report.Sweep.BestValues!["l2"].GetRawText());
        Assert.Equal(new RunId("evaluate", best.Run!.Value.Number), best.Measured);
        Assert.All(report.Trials.Where(trial => trial.Status == TrialStatus.Failed), trial => Assert.Contains("ended with code 1", trial.Error));
        Assert.InRange(graphs.MostUnderWay, 2, 3);
        Assert.Contains(told, progress => progress.Note?.Contains("3 trials at once") == true);
        Assert.Equal(24, told.Count(progress => progress.Trial is not null));
        Assert.Equal([new TriedParameter("l2", "train", "l2"), new TriedParameter("factors", "train", "factors"), new TriedParameter("evaluate.threshold", "evaluate", "threshold")], report.Sweep.Parameters);
        // What was tried is none of the parts that have to stay.
        Assert.DoesNotContain(report.Sweep.Parts, part => part.Name == "train/param:l2");
        Assert.Equal(SweepBench.Text(report), SweepBench.Text(await bench.Sweeps.ReportAsync(1, Token)));

        var again = await bench.Desk(graphs).RunAsync(SweepBench.Order, _ => { }, Token);
        Assert.All(again.Trials, trial => Assert.True(trial.IsReused));
        Assert.Equal(12, graphs.Executed);
        Assert.Equal([2, 1], (await bench.Sweeps.ListAsync("train", 10, Token)).Select(sweep => sweep.Number));
    }

    [Theory]
    [InlineData("random", null)]
    [InlineData("bayes", null)]
    [InlineData("halving", "epochs=1..9")]
    public async Task Sweep_StoppedAndLostAgainAndAgain_EndsAsAnUndisturbedOne(string search, string? budget)
    {
        var order = SweepBench.Order with { Search = search, Budget = budget };
        await using var calm = new SweepBench();
        var expected = SweepBench.Text(await calm.Desk(new FakeGraphs(Score)).RunAsync(order, _ => { }, Token));
        for (var round = 0; round < Fairlead.Testing.Campaign.Rounds(3, 100); round++)
        {
            await using var bench = new SweepBench();
            var random = new Random(round);
            SweepReport? report = null;
            for (var attempt = 0; report?.Sweep.Status != SweepStatus.Succeeded; attempt++)
            {
                using var killing = new CancellationTokenSource();
                var graphs = new FakeGraphs(Score, seed: random.Next());
                var begun = 0;
                var last = random.Next(1, 6);
                graphs.OnBegin = _ =>
                {
                    if (Interlocked.Increment(ref begun) == last)
                        killing.Cancel();
                };
                var desk = bench.Desk(graphs);
                try
                {
                    report = attempt == 0 ? await desk.RunAsync(order, _ => { }, killing.Token) : await desk.ResumeAsync(1, "tester", _ => { }, killing.Token);
                }
                catch (OperationCanceledException)
                {
                    var record = await bench.Sweeps.FindAsync(1, Token);
                    Assert.Equal(SweepStatus.Stopped, record.Status);
                    // Every other time as if the process had ended before it could say so.
                    if (attempt % 2 == 0)
                    {
                        await bench.Sweeps.UpdateAsync(record with { Status = SweepStatus.Running }, Token);
                        await bench.Desk(graphs).RecoverAsync(Token);
                        Assert.Equal("The control plane ended.", (await bench.Sweeps.FindAsync(1, Token)).Error);
                    }
                }
            }

            Assert.Equal(expected, SweepBench.Text(report));
        }
    }

    [Fact]
    public async Task Sweep_StoppedByAnother_KeepsWhatItHasAndGoesOn()
    {
        await using var bench = new SweepBench();
        var graphs = new FakeGraphs(Score);
        var desk = bench.Desk(graphs);
        Task<SweepRecord>? stopping = null;
        graphs.OnBegin = before => stopping ??= before >= 4 ? desk.StopAsync(1, Token) : null;
        var report = await desk.RunAsync(SweepBench.Order, _ => { }, Token);
        Assert.Equal(SweepStatus.Stopped, report.Sweep.Status);
        Assert.Equal("It was stopped.", (await stopping!).Error);
        Assert.InRange(report.Sweep.Done, 1, 11);
        Assert.Contains("is not under way: it is stopped", (await Assert.ThrowsAsync<FairleadException>(() => desk.StopAsync(1, Token))).Message);
        graphs.OnBegin = null;
        Assert.Equal(12, (await desk.ResumeAsync(1, "tester", _ => { }, Token)).Sweep.Done);
        Assert.Contains("is done", (await Assert.ThrowsAsync<FairleadException>(() => desk.ResumeAsync(1, "tester", _ => { }, Token))).Message);
    }

    [Fact]
    public async Task Sweep_ResumedTwiceAtOnce_IsRefusedOnce()
    {
        await using var bench = new SweepBench();
        var graphs = new FakeGraphs(Score);
        var desk = bench.Desk(graphs);
        FairleadException? refused = null;
        graphs.OnBegin = _ => refused ??= Assert.ThrowsAsync<FairleadException>(() => desk.ResumeAsync(1, "tester", _ => { }, Token)).GetAwaiter().GetResult();
        await desk.RunAsync(SweepBench.Order, _ => { }, Token);
        Assert.Contains("is under way", refused!.Message);
    }

    [Fact]
    public async Task Sweep_OfAProjectThatChanged_SaysWhatAndDoesNotGoOn()
    {
        await using var bench = new SweepBench();
        var graphs = new FakeGraphs(Score);
        using var killing = new CancellationTokenSource();
        graphs.OnBegin = _ => killing.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Desk(graphs).RunAsync(SweepBench.Order, _ => { }, killing.Token));
        graphs.OnBegin = null;
        graphs.Parts = [.. graphs.Parts.Select(part => part.Name.StartsWith("train/code") ? part with { Value = "sha256:3" } : part)];
        var refused = await Assert.ThrowsAsync<FairleadException>(() => bench.Desk(graphs).ResumeAsync(1, "tester", _ => { }, Token));
        Assert.Equal(ProblemKind.Conflict, refused.Kind);
        Assert.Contains("'train/code:trainer/' is not what it was when the sweep began at aaaaaaaaaa", refused.Message);
        // What is tried anyway may change, as by writing the best values back.
        graphs.Parts = [new("dataset:rows", "sha256:1"), new("train/code:trainer/", "sha256:2"), new("train/param:l2", "0.5")];
        Assert.Equal(SweepStatus.Succeeded, (await bench.Desk(graphs).ResumeAsync(1, "tester", _ => { }, Token)).Sweep.Status);
    }

    [Fact]
    public async Task Sweep_WhoseTrialsAllFail_FailsAndSaysSo()
    {
        await using var bench = new SweepBench();
        var report = await bench.Desk(new FakeGraphs(_ => null)).RunAsync(SweepBench.Order with { Search = "bayes" }, _ => { }, Token);
        Assert.Equal((SweepStatus.Failed, "No trial succeeded.", 12), (report.Sweep.Status, report.Sweep.Error, report.Sweep.Failed));
        Assert.Null(report.Sweep.Best);
    }

    [Fact]
    public async Task Sweep_OfAMetricThatIsNowhere_EndsAfterThreeTrials()
    {
        await using var bench = new SweepBench();
        var graphs = new FakeGraphs(_ => 1) { MetricName = "auc_roc" };
        var failed = await Assert.ThrowsAsync<FairleadException>(() => bench.Desk(graphs).RunAsync(SweepBench.Order with { Trials = 40, Parallel = 1, Objective = "evaluate.auc_rok" }, _ => { }, Token));
        Assert.Contains("None of 3 trials that succeeded has the metric", failed.Message);
        Assert.Contains("did you mean 'auc_roc'?", failed.Message);
        Assert.Equal(3, graphs.Executed);
        Assert.Equal(SweepStatus.Failed, (await bench.Sweeps.FindAsync(1, Token)).Status);
    }

    [Fact]
    public async Task Sweep_WithANumberThatIsNone_CountsItAsFailed()
    {
        await using var bench = new SweepBench();
        var report = await bench.Desk(new FakeGraphs(values => values["factors"].GetInt32() == 8 ? double.NaN : 1)).RunAsync(SweepBench.Order, _ => { }, Token);
        Assert.Contains(report.Trials, trial => trial.Status == TrialStatus.Failed && trial.Error!.Contains("no number that can be compared"));
        Assert.NotNull(report.Sweep.Best);
    }

    [Fact]
    public async Task Sweep_WhenTheEngineFails_FailsAndCanGoOn()
    {
        await using var bench = new SweepBench();
        var graphs = new FakeGraphs(Score);
        graphs.OnBegin = before => _ = before >= 5 ? throw FairleadException.Failed("The disk is full.") : 0;
        await Assert.ThrowsAsync<FairleadException>(() => bench.Desk(graphs).RunAsync(SweepBench.Order, _ => { }, Token));
        Assert.Equal((SweepStatus.Failed, "The disk is full."), ((await bench.Sweeps.FindAsync(1, Token)).Status, (await bench.Sweeps.FindAsync(1, Token)).Error));
        graphs.OnBegin = null;
        Assert.Equal(12, (await bench.Desk(graphs).ResumeAsync(1, "tester", _ => { }, Token)).Sweep.Done);
    }
}
