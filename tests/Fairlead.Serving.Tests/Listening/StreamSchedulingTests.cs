using System.Collections.Concurrent;
using System.Diagnostics;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Serving.Tests.Rpc;
using Fairlead.Transport.Loops;

namespace Fairlead.Serving.Tests.Listening;

public sealed class StreamSchedulingTests
{
    private readonly ConcurrentQueue<bool> onLoop = new();

    [Fact]
    public async Task Infer_QuickModel_RunsWhereItsConnectionIsRead()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        host.Runtime.Running = Note;

        for (var n = 0; n < 300; n++)
            Assert.Equal(n + 1, await InferCall.ValueAsync(channel, InferCall.Request(n, 1)));

        // The first of all, and those after runs that the scheduler interrupted, run elsewhere.
        Assert.False(onLoop.First());
        Assert.Contains(true, onLoop);
    }

    [Fact]
    public async Task Infer_SlowModel_RunsElsewhere()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        host.Runtime.Running = () =>
        {
            Note();
            var start = Stopwatch.GetTimestamp();
            SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(start) > TimeSpan.FromMicroseconds(100));
        };

        for (var n = 0; n < 20; n++)
            Assert.Equal(n + 1, await InferCall.ValueAsync(channel, InferCall.Request(n, 1)));

        Assert.DoesNotContain(true, onLoop);
    }

    [Fact]
    public async Task Infer_StreamOfRequests_RunsElsewhere()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        for (var n = 0; n < 50; n++)
            await InferCall.ValueAsync(channel, InferCall.Request(n, 1));
        host.Runtime.Running = Note;
        using var call = channel.Open(InferCall.Service + "ModelStreamInfer", GrpcCallOptions.None, TestContext.Current.CancellationToken);

        for (var n = 0; n < 50; n++)
        {
            await call.WriteAsync(InferCall.Request(n, 2));
            Assert.Equal(n + 2, InferCall.Value((await call.ReadAsync(ModelStreamInferResponse.Parser))!.InferResponse));
        }

        Assert.Equal(50, onLoop.Count);
        Assert.DoesNotContain(true, onLoop);
    }

    /// <summary>Nobody else waits for a thread that one slow stream holds: the connection's others are answered meanwhile.</summary>
    [Fact]
    public async Task Infer_BesideAHangingStreamOfTheSameConnection_IsAnswered()
    {
        // Which thread reads the first requests of a connection is up to chance, and a model that has never run is not known to be quick.
        for (var connection = 0; connection < 40; connection++)
            await InferBesideAHangingStreamAsync();
    }

    private static async Task InferBesideAHangingStreamAsync()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        using var turnstile = new Turnstile();
        host.Runtime.Running = turnstile.Pass;
        var hanging = InferCall.ValueAsync(channel, InferCall.Request(1, 1));
        await turnstile.ArrivedAsync();
        host.Runtime.Running = () => { };

        for (var n = 0; n < 20; n++)
            Assert.Equal(n + 1, await InferCall.ValueAsync(channel, InferCall.Request(n, 1)));

        Assert.False(hanging.IsCompleted);
        turnstile.Open();
        Assert.Equal(2, await hanging);
    }

    private void Note() => onLoop.Enqueue(EventLoop.Current is not null);
}
