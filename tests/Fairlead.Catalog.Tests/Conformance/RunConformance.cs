using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;

namespace Fairlead.Catalog.Tests.Conformance;

public abstract class RunConformance : CatalogConformance
{
    [Fact]
    public async Task StartAndFinish_AfterRestart_GiveEveryMember()
    {
        var started = await Catalog.Runs.StartAsync("train", id => Sample.Running(id), Cancellation);
        Assert.Equal(new RunId("train", 1), started.Id);
        Assert.Equal(Sample.Json(started), Sample.Json(await Catalog.Runs.FindAsync(started.Id, Cancellation)));

        await Catalog.Runs.FinishAsync(Sample.Ended(started), Cancellation);
        await Catalog.ReopenAsync();

        Assert.Equal(Sample.Json(Sample.Ended(started)), Sample.Json(await Catalog.Runs.FindAsync(started.Id, Cancellation)));
        Assert.Null(await Catalog.Runs.FindAsync(new RunId("train", 2), Cancellation));
    }

    [Fact]
    public async Task Start_WhoseRecordCannotBeMade_TakesNoNumber()
    {
        await Start("train");
        await Assert.ThrowsAsync<FormatException>(() => Catalog.Runs.StartAsync("train", _ => throw new FormatException("no"), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Catalog.Runs.StartAsync("train", _ => Sample.Running(new RunId("other", 9)), Cancellation));
        Assert.Equal(2, (await Start("train")).Id.Number);
    }

    [Fact]
    public async Task Finish_UnknownOrEndedRun_IsRefused()
    {
        var run = await Start("train");
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => Catalog.Runs.FinishAsync(Sample.Ended(Sample.Running(new RunId("train", 5))), Cancellation))).Kind);
        await Catalog.Runs.FinishAsync(Sample.Ended(run, RunStatus.Failed), Cancellation);
        Assert.Equal(ProblemKind.Conflict, (await Assert.ThrowsAsync<FairleadException>(() => Catalog.Runs.FinishAsync(Sample.Ended(run), Cancellation))).Kind);
        Assert.Equal(RunStatus.Failed, (await Catalog.Runs.FindAsync(run.Id, Cancellation))!.Status);
    }

    [Theory]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.TimedOut)]
    [InlineData(RunStatus.Cancelled)]
    [InlineData(RunStatus.Lost)]
    public async Task FindByKeyAndLatest_SeeOnlyRunsThatSucceeded(RunStatus other)
    {
        var good = await Start("train");
        await Catalog.Runs.FinishAsync(Sample.Ended(good), Cancellation);
        var bad = await Start("train");
        if (other != RunStatus.Running)
            await Catalog.Runs.FinishAsync(Sample.Ended(bad, other), Cancellation);

        Assert.Equal(good.Id, (await Catalog.Runs.FindByKeyAsync("train", good.Key, Cancellation))!.Id);
        Assert.Equal(good.Id, (await Catalog.Runs.FindLatestAsync("train", Cancellation))!.Id);
        Assert.Null(await Catalog.Runs.FindByKeyAsync("other", good.Key, Cancellation));
        Assert.Null(await Catalog.Runs.FindByKeyAsync("train", Sample.Digest("other"), Cancellation));
        Assert.Null(await Catalog.Runs.FindLatestAsync("other", Cancellation));
    }

    [Fact]
    public async Task FindByKeyAndLatest_SeveralRuns_GiveTheNewest()
    {
        foreach (var key in new[] { "a", "b", "a", "c" })
            await Catalog.Runs.FinishAsync(Sample.Ended(await Start("train", key)), Cancellation);
        Assert.Equal(3, (await Catalog.Runs.FindByKeyAsync("train", Sample.Digest("a"), Cancellation))!.Id.Number);
        Assert.Equal(4, (await Catalog.Runs.FindLatestAsync("train", Cancellation))!.Id.Number);
    }

    [Fact]
    public async Task FindByKeys_OfMany_GivesTheNewestOfEachThatSucceeded()
    {
        foreach (var key in new[] { "a", "b", "a", "c" })
            await Catalog.Runs.FinishAsync(Sample.Ended(await Start("train", key)), Cancellation);
        await Catalog.Runs.FinishAsync(Sample.Ended(await Start("train", "d"), RunStatus.Failed), Cancellation);
        await Start("train", "e");
        string[] keys = ["a", "b", "d", "e", "unknown", .. Enumerable.Range(0, 5000).Select(i => $"k{i}")];
        foreach (var restart in new[] { false, true, false })
        {
            if (restart)
                await Catalog.ReopenAsync();
            var found = await Catalog.Runs.FindByKeysAsync("train", [.. keys.Select(Sample.Digest)], Cancellation);
            Assert.Equal(["train-2", "train-3"], found.Values.Select(run => run.Id.ToString()).Order(StringComparer.Ordinal));
            var whole = (await Catalog.Runs.FindAsync(new RunId("train", 3), Cancellation))!;
            Assert.Equal(Sample.Json(RunBrief.Of(whole)), Sample.Json(found[Sample.Digest("a")]));
        }

        Assert.Empty(await Catalog.Runs.FindByKeysAsync("other", [Sample.Digest("a")], Cancellation));
        await Catalog.Runs.FinishAsync(Sample.Ended(await Start("train", "a")), Cancellation);
        Assert.Equal(7, (await Catalog.Runs.FindByKeysAsync("train", [Sample.Digest("a")], Cancellation)).Values.Single().Id.Number);
    }

    [Fact]
    public async Task FindLatest_OfAVariant_LeavesOutOthers()
    {
        foreach (var variant in new[] { null, "a=1", "a=2", "a=1", null, "a=2" })
        {
            var run = await Catalog.Runs.StartAsync("train", id => Sample.Running(id) with { Variant = variant }, Cancellation);
            await Catalog.Runs.FinishAsync(Sample.Ended(run), Cancellation);
        }

        Assert.Equal(4, (await Catalog.Runs.FindLatestAsync("train", "a=1", Cancellation))!.Id.Number);
        Assert.Equal(5, (await Catalog.Runs.FindLatestAsync("train", null, Cancellation))!.Id.Number);
        Assert.Equal(6, (await Catalog.Runs.FindLatestAsync("train", Cancellation))!.Id.Number);
        Assert.Equal("a=2", (await Catalog.Runs.FindLatestAsync("train", Cancellation))!.Variant);
        Assert.Null(await Catalog.Runs.FindLatestAsync("train", "a=3", Cancellation));
    }

    [Fact]
    public async Task List_NewestFirst_UpToTheLimit()
    {
        foreach (var step in new[] { "split", "train", "split", "evaluate" })
            await Start(step);
        Assert.Equal(["evaluate-1", "split-2", "train-1"], (await Catalog.Runs.ListAsync(null, 3, Cancellation)).Select(r => r.Id.ToString()));
        Assert.Equal(["split-2", "split-1"], (await Catalog.Runs.ListAsync("split", 10, Cancellation)).Select(r => r.Id.ToString()));
        Assert.Empty(await Catalog.Runs.ListAsync("none", 10, Cancellation));
    }

    [Fact]
    public async Task MarkLost_RunningOnes_AreLostAndTheOthersStay()
    {
        var done = await Start("train");
        await Catalog.Runs.FinishAsync(Sample.Ended(done), Cancellation);
        var running = await Start("train");
        await Start("split");

        Assert.Equal(2, await Catalog.Runs.MarkLostAsync(Sample.Time.AddHours(1), Cancellation));
        Assert.Equal(0, await Catalog.Runs.MarkLostAsync(Sample.Time.AddHours(2), Cancellation));

        var lost = (await Catalog.Runs.FindAsync(running.Id, Cancellation))!;
        Assert.Equal(RunStatus.Lost, lost.Status);
        Assert.Equal(Sample.Time.AddHours(1), lost.FinishedAt);
        Assert.NotNull(lost.Error);
        Assert.Equal(RunStatus.Succeeded, (await Catalog.Runs.FindAsync(done.Id, Cancellation))!.Status);
    }

    [Fact]
    public async Task Start_EightWritersSomeOfWhichFail_LeavesNoGapAndNoDuplicate()
    {
        var failures = 0;
        var runs = await EightWriters(100, async (writer, i) =>
        {
            if ((writer + i) % 7 != 0)
                return await Start("train");
            await Assert.ThrowsAsync<FormatException>(() => Catalog.Runs.StartAsync("train", _ => throw new FormatException("no"), Cancellation));
            Interlocked.Increment(ref failures);
            return null;
        });
        Assert.Equal(Enumerable.Range(1, 800 - failures), runs.OfType<Run>().Select(r => r.Id.Number).Order());
    }

    [Fact]
    public async Task Start_Cancelled_RecordsNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Catalog.Runs.StartAsync("train", id => Sample.Running(id), cancelled.Token));
        Assert.Empty(await Catalog.Runs.ListAsync(null, 10, Cancellation));
    }

    private Task<Run> Start(string step, string key = "key") => Catalog.Runs.StartAsync(step, id => Sample.Running(id, key), Cancellation);
}
