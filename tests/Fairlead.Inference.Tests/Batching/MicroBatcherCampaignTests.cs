using Fairlead.Domain.Services;
using Fairlead.Inference.Batching;
using Fairlead.Inference.Tests.OnnxModels;
using Fairlead.Testing;

namespace Fairlead.Inference.Tests.Batching;

/// <summary>Many callers at once, with requests, cancellations and an end at random.</summary>
public sealed class MicroBatcherCampaignTests
{
    private const int Callers = 32;
    private static readonly string[] Cities = ["Oslo", "Rome", "", "São Paulo", new('x', 300)];

    [Fact]
    public async Task RunAsync_ManyCallers_EachGetsWhatItWouldAlone()
    {
        using var session = Codec.Load(TestModels.Mixed());
        var observer = new CountingObserver();
        using var batcher = new MicroBatcher(new SlowSession(session), "m", new BatchPolicy(16, TimeSpan.FromMilliseconds(1)), TimeProvider.System, observer);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CompareAsync(batcher, session, new Random(caller)))));
        Assert.Contains(observer.Runs, run => run.Requests > 1);
        Assert.All(observer.Runs, run => Assert.True(run.Rows <= 16 || run.Requests == 1));
    }

    [Fact]
    public async Task Dispose_ManyCallers_EveryOneEnds()
    {
        for (var round = 0; round < Campaign.Rounds(10, 300); round++)
        {
            using var session = Codec.Load(TestModels.Mixed());
            var batcher = new MicroBatcher(session, "m", new BatchPolicy(16, TimeSpan.Zero), TimeProvider.System, null, processors: 1);
            using var running = new CountdownEvent(8);
            var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(() => RunUntilDisposedAsync(batcher, session, running, new Random(caller)))).ToArray();
            running.Wait(TestContext.Current.CancellationToken);
            batcher.Dispose();
            await Task.WhenAll(callers);
        }
    }

    private static async Task CompareAsync(MicroBatcher batcher, IModelSession session, Random random)
    {
        var answer = new InferAnswer();
        var expected = new InferAnswer();
        for (var i = 0; i < Campaign.Rounds(200, 20_000); i++)
        {
            var request = Request(session, random);
            using var cancellation = new CancellationTokenSource();
            if (random.Next(8) == 0)
                cancellation.CancelAfter(TimeSpan.FromMicroseconds(random.Next(300)));
            try
            {
                await batcher.RunAsync(request, answer, cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                // It is ours again, and whoever still wrote into it would spoil the next comparison.
                answer.Clear();
                continue;
            }

            session.Run(request, expected);
            Assert.True(expected.OutputBlock.SequenceEqual(answer.OutputBlock));
        }
    }

    private static async Task RunUntilDisposedAsync(MicroBatcher batcher, IModelSession session, CountdownEvent running, Random random)
    {
        var answer = new InferAnswer();
        var request = Request(session, random);
        await batcher.RunAsync(request, answer, CancellationToken.None);
        running.Signal();
        try
        {
            while (true)
                await batcher.RunAsync(request, answer, CancellationToken.None);
        }
        catch (ObjectDisposedException)
        {
            // The end of this caller.
        }
    }

    private static InferRequest Request(IModelSession session, Random random)
    {
        var rows = random.Next(6) == 0 ? random.Next(1, 40) : 1;
        var cities = Enumerable.Range(0, rows).Select(_ => $"\"{Cities[random.Next(Cities.Length)]}\"");
        var hours = Enumerable.Range(0, rows).Select(_ => random.Next(24).ToString());
        var distances = Enumerable.Range(0, rows).Select(_ => random.NextSingle().ToString("R"));
        return Codec.Read(session.Codec, $$"""
            {"inputs":[{"name":"city","shape":[{{rows}},1],"datatype":"BYTES","data":[{{string.Join(',', cities)}}]},
            {"name":"hour","shape":[{{rows}},1],"datatype":"INT64","data":[{{string.Join(',', hours)}}]},
            {"name":"distance","shape":[{{rows}},1],"datatype":"FP32","data":[{{string.Join(',', distances)}}]}]}
            """);
    }
}
