using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;
using Fairlead.Inference.Batching;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Inference.Tests.Batching;

public sealed class MicroBatcherTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task RunAsync_ModelIsIdle_RunsAtOnceOnTheCallersThread()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.Float, "N"));
        var answer = new InferAnswer();
        var run = test.Batcher.RunAsync(BatchingTest.Floats([2], 1, 2), answer, None);
        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(new RunTiming(TimeSpan.Zero, TimeSpan.FromMilliseconds(1), 2), await run);
        Assert.Equal([1f, 2f], BatchingTest.Answer(answer));
        Assert.Equal([(1, 2)], test.Observer.Runs);
    }

    [Fact]
    public async Task RunAsync_RunIsUnderWay_TheOthersShareTheNext()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.Float, "N"));
        await test.WarmUpAsync(BatchingTest.Floats([1], 0));
        InferAnswer[] answers = [new(), new(), new(), new()];
        var first = await test.OccupyAsync(BatchingTest.Floats([1], 1), answers[0]);
        Task<RunTiming>[] others =
        [
            test.Batcher.RunAsync(BatchingTest.Floats([1], 2), answers[1], None).AsTask(),
            test.Batcher.RunAsync(BatchingTest.Floats([3], 3, 4, 5), answers[2], None).AsTask(),
            test.Batcher.RunAsync(BatchingTest.Floats([1], 6), answers[3], None).AsTask(),
        ];
        Assert.All(others, other => Assert.False(other.IsCompleted));
        test.Session.ReleaseAll();
        Assert.Equal(1, (await first).Rows);
        var timings = await Task.WhenAll(others);
        // The first run took a millisecond, for which they waited, and their own another one.
        Assert.All(timings, timing => Assert.Equal(new RunTiming(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), 5), timing));
        Assert.Equal([[1f], [2f], [3f, 4f, 5f], [6f]], answers.Select(BatchingTest.Answer));
        Assert.Equal([(1, 1), (3, 5)], test.Observer.Runs);
    }

    [Fact]
    public async Task RunAsync_RowsAreFull_RunWithoutWaitingForTheRunUnderWay()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.Float, "N"), maxRows: 4);
        await test.WarmUpAsync(BatchingTest.Floats([1], 0));
        var first = await test.OccupyAsync(BatchingTest.Floats([1], 1), new InferAnswer());
        var others = Enumerable.Range(0, 4).Select(i => test.Batcher.RunAsync(BatchingTest.Floats([1], i), new InferAnswer(), None).AsTask()).ToArray();
        await test.Session.EnteredAsync();
        Assert.Equal([1, 4], test.Session.Runs);
        test.Session.ReleaseAll();
        await first;
        Assert.All(await Task.WhenAll(others), timing => Assert.Equal(4, timing.Rows));
    }

    [Fact]
    public async Task RunAsync_FirstHasWaitedLongEnough_RunsBesideTheOther()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.Float, "N"));
        await test.WarmUpAsync(BatchingTest.Floats([1], 0));
        var first = await test.OccupyAsync(BatchingTest.Floats([1], 1), new InferAnswer());
        var second = test.Batcher.RunAsync(BatchingTest.Floats([1], 2), new InferAnswer(), None).AsTask();
        test.Time.Advance(BatchingTest.Wait / 2);
        var third = test.Batcher.RunAsync(BatchingTest.Floats([1], 3), new InferAnswer(), None).AsTask();
        Assert.Single(test.Session.Runs);
        test.Time.Advance(BatchingTest.Wait / 2);
        await test.Session.EnteredAsync();
        Assert.Equal([1, 2], test.Session.Runs);
        // Both processors are busy now: the next waits however long it takes.
        var fourth = test.Batcher.RunAsync(BatchingTest.Floats([1], 4), new InferAnswer(), None).AsTask();
        test.Time.Advance(BatchingTest.Wait * 2);
        Assert.Equal([1, 2], test.Session.Runs);
        test.Session.ReleaseAll();
        await Task.WhenAll(first, second, third, fourth);
        Assert.Equal(BatchingTest.Wait, (await second).Queue);
        Assert.Equal(BatchingTest.Wait / 2, (await third).Queue);
    }

    [Fact]
    public async Task RunAsync_LargeRequest_RunsAloneAtOnce()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.Float, "N"), maxRows: 2);
        await test.WarmUpAsync(BatchingTest.Floats([1], 0));
        var first = await test.OccupyAsync(BatchingTest.Floats([1], 1), new InferAnswer());
        var large = Task.Run(async () => await test.Batcher.RunAsync(BatchingTest.Floats([3], 1, 2, 3), new InferAnswer(), None));
        await test.Session.EnteredAsync();
        test.Session.ReleaseAll();
        await first;
        Assert.Equal(TimeSpan.Zero, (await large).Queue);
    }

    [Fact]
    public async Task RunAsync_OneRequestIsBad_FailsAlone()
    {
        using var test = new BatchingTest(TestModels.Pick());
        await test.WarmUpAsync(BatchingTest.Integers(0));
        InferAnswer[] answers = [new(), new(), new()];
        var first = await test.OccupyAsync(BatchingTest.Integers(0), new InferAnswer());
        Task<RunTiming>[] others =
        [
            test.Batcher.RunAsync(BatchingTest.Integers(1), answers[0], None).AsTask(),
            test.Batcher.RunAsync(BatchingTest.Integers(7), answers[1], None).AsTask(),
            test.Batcher.RunAsync(BatchingTest.Integers(2, 0), answers[2], None).AsTask(),
        ];
        test.Session.ReleaseAll();
        await first;
        Assert.Equal(1, (await others[0]).Rows);
        Assert.Contains("out of", (await Assert.ThrowsAsync<FairleadException>(() => others[1])).Message);
        Assert.Equal(2, (await others[2]).Rows);
        Assert.Equal([20f], BatchingTest.Answer(answers[0]));
        Assert.True(answers[1].OutputBlock.IsEmpty);
        Assert.Equal([30f, 10f], BatchingTest.Answer(answers[2]));
        Assert.True(test.Batcher.IsBatching);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileWaiting_EndsAtOnceAndLeavesTheOthers()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.Float, "N"));
        await test.WarmUpAsync(BatchingTest.Floats([1], 0));
        using var cancellation = new CancellationTokenSource();
        var first = await test.OccupyAsync(BatchingTest.Floats([1], 1), new InferAnswer());
        InferAnswer[] answers = [new(), new()];
        var reused = BatchingTest.Floats([2], 7, 8);
        var cancelled = test.Batcher.RunAsync(reused, answers[0], cancellation.Token).AsTask();
        var other = test.Batcher.RunAsync(BatchingTest.Floats([1], 3), answers[1], None).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        reused.Clear();
        test.Session.ReleaseAll();
        await first;
        Assert.Equal(1, (await other).Rows);
        Assert.Equal([3f], BatchingTest.Answer(answers[1]));
        Assert.True(answers[0].OutputBlock.IsEmpty);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileItsRunIsUnderWay_TouchesItsAnswerNoMore()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.String, "N"));
        using var cancellation = new CancellationTokenSource();
        var text = Codec.Read(test.Session.Codec, """{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["a"]}]}""");
        var longer = Codec.Read(test.Session.Codec, """{"inputs":[{"name":"x","shape":[2],"datatype":"BYTES","data":["bbbb",""]}]}""");
        await test.WarmUpAsync(text);
        var first = await test.OccupyAsync(text, new InferAnswer());
        InferAnswer[] answers = [new(), new()];
        var cancelled = test.Batcher.RunAsync(longer, answers[0], cancellation.Token).AsTask();
        var other = test.Batcher.RunAsync(text, answers[1], None).AsTask();
        test.Session.Release();
        await first;
        await test.Session.EnteredAsync();
        Assert.Equal([1, 3], test.Session.Runs);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        longer.Clear();
        test.Session.ReleaseAll();
        Assert.Equal(3, (await other).Rows);
        Assert.Equal(text.InputBlock.ToArray(), answers[1].OutputBlock.ToArray());
        Assert.True(answers[0].OutputBlock.IsEmpty);
    }

    [Fact]
    public async Task RunAsync_CancelledBefore_DoesNotRun()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.Float, "N"));
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await test.Batcher.RunAsync(BatchingTest.Floats([1], 1), new InferAnswer(), cancellation.Token));
        Assert.Empty(test.Session.Runs);
    }

    [Fact]
    public async Task RunAsync_OtherDimensionsDiffer_AreNotMixed()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.Float, "N", "M"));
        await test.WarmUpAsync(BatchingTest.Floats([1, 1], 0));
        InferAnswer[] answers = [new(), new(), new()];
        var first = await test.OccupyAsync(BatchingTest.Floats([1, 1], 1), new InferAnswer());
        Task<RunTiming>[] others =
        [
            test.Batcher.RunAsync(BatchingTest.Floats([1, 2], 1, 2), answers[0], None).AsTask(),
            test.Batcher.RunAsync(BatchingTest.Floats([2, 1], 3, 4), answers[1], None).AsTask(),
            test.Batcher.RunAsync(BatchingTest.Floats([2, 2], 5, 6, 7, 8), answers[2], None).AsTask(),
        ];
        test.Session.ReleaseAll();
        await first;
        Assert.Equal([3, 2, 3], (await Task.WhenAll(others)).Select(timing => timing.Rows));
        Assert.Equal([[1f, 2f], [3f, 4f], [5f, 6f, 7f, 8f]], answers.Select(BatchingTest.Answer));
    }

    [Fact]
    public async Task IsBatching_TensorWithoutRows_IsFalse()
    {
        foreach (var model in new[] { TestModels.Simple(), TestModels.Pairs(), TestModels.Identity(OnnxType.Float) })
        {
            using var test = new BatchingTest(model);
            Assert.False(test.Batcher.IsBatching);
        }

        using var session = Codec.Load(TestModels.Identity(OnnxType.Float, "N"));
        using var alone = new MicroBatcher(session, "m", null, TimeProvider.System);
        Assert.False(alone.IsBatching);
        var answer = new InferAnswer();
        Assert.Equal(1, (await alone.RunAsync(BatchingTest.Floats([1], 5), answer, None)).Rows);
        Assert.Equal([5f], BatchingTest.Answer(answer));
    }

    [Fact]
    public async Task RunAsync_OutputTurnsOutToHaveOtherRows_EachIsScoredAloneFromThenOn()
    {
        using var test = new BatchingTest(TestModels.Positive());
        await test.WarmUpAsync(BatchingTest.Floats([1], 0));
        Assert.True(test.Batcher.IsBatching);
        InferAnswer[] answers = [new(), new()];
        var first = await test.OccupyAsync(BatchingTest.Floats([1], 1), new InferAnswer());
        Task<RunTiming>[] others =
        [
            test.Batcher.RunAsync(BatchingTest.Floats([2], 1, -2), answers[0], None).AsTask(),
            test.Batcher.RunAsync(BatchingTest.Floats([2], 3, 4), answers[1], None).AsTask(),
        ];
        test.Session.ReleaseAll();
        await first;
        Assert.All(await Task.WhenAll(others), timing => Assert.Equal(2, timing.Rows));
        Assert.Equal([[1f], [3f, 4f]], answers.Select(BatchingTest.Answer));
        Assert.False(test.Batcher.IsBatching);
    }

    [Fact]
    public async Task RunAsync_TooManyWait_IsRefused()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.Float, "N"), maxRows: int.MaxValue);
        var request = BatchingTest.Floats([1], 1);
        await test.WarmUpAsync(request);
        var first = await test.OccupyAsync(request, new InferAnswer());
        var others = Enumerable.Range(0, MicroBatcher.MaxWaiting).Select(_ => test.Batcher.RunAsync(request, new InferAnswer(), None).AsTask()).ToArray();
        var e = await Assert.ThrowsAsync<FairleadException>(async () => await test.Batcher.RunAsync(request, new InferAnswer(), None));
        Assert.Equal("Model 'm' has '4096' requests waiting already; try again later.", e.Message);
        Assert.True(e.IsRetryable);
        test.Session.ReleaseAll();
        await first;
        Assert.All(await Task.WhenAll(others), timing => Assert.Equal(MicroBatcher.MaxWaiting, timing.Rows));
    }

    [Fact]
    public async Task Dispose_RequestsWait_AreTold()
    {
        using var test = new BatchingTest(TestModels.Identity(OnnxType.Float, "N"));
        var request = BatchingTest.Floats([1], 1);
        await test.WarmUpAsync(request);
        var first = await test.OccupyAsync(request, new InferAnswer());
        var waiting = test.Batcher.RunAsync(request, new InferAnswer(), None).AsTask();
        test.Batcher.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await test.Batcher.RunAsync(request, new InferAnswer(), None));
        test.Session.ReleaseAll();
        Assert.Equal(1, (await first).Rows);
    }

    [Fact]
    public async Task RunAsync_SteadyRequestsOfAnIdleModel_AllocateNothing()
    {
        using var session = Codec.Load(TestModels.Identity(OnnxType.Float, "N"));
        using var batcher = new MicroBatcher(session, "m", new BatchPolicy(8, BatchingTest.Wait), TimeProvider.System);
        var request = BatchingTest.Floats([1], 1);
        var answer = new InferAnswer();
        for (var i = 0; i < 2000; i++)
            await batcher.RunAsync(request, answer, None);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            await batcher.RunAsync(request, answer, None);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
