using System.Collections.Concurrent;
using Fairlead.Domain.Problems;
using Fairlead.Grpc;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Load.Measuring;
using Fairlead.Load.Profiles;
using Fairlead.Load.Sending;

namespace Fairlead.Load.Tests;

public sealed class GrpcLoadTests
{
    private static readonly TimeSpan HalfSecond = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OverGrpc_SendsRowsUnitAndEnvironment()
    {
        var seen = new ConcurrentDictionary<string, ModelInferRequest>();
        await using var service = await TestService.StartAsync(inferGrpc: (call, number) =>
        {
            seen[call.RequestHeaders["fairlead-unit"].ToString()] = call.Parse(ModelInferRequest.Parser);
            Assert.Equal(("prod", "Bearer secret"), (call.RequestHeaders["fairlead-environment"].ToString(), call.RequestHeaders.Authorization.ToString()));
            return TestService.AnswerAsync(call);
        });
        var order = Order(service);
        var result = await RunAsync(order with { Target = order.Target with { Environment = "prod", Token = "secret" }, Unit = "name", RowsPerRequest = 2 });
        Assert.Equal((100, 100, 0, 0), (result.Sent, result.Succeeded, result.Failed, result.WithoutPrediction));
        Assert.Equal([new ServerGroupShare("adder-prod-v001", 100, 1)], result.ServerGroups);
        Assert.Equal(10, seen.Count);
        var message = seen["row 4"];
        Assert.Equal("adder", message.ModelName);
        Assert.Equal([2L, 1L], message.Inputs[0].Shape);
        Assert.Equal([.. BitConverter.GetBytes(4.5f), .. BitConverter.GetBytes(5.5f)], message.RawInputContents[0].ToByteArray());
        Assert.Equal([5, 0, 0, 0, .. "row 4"u8, 5, 0, 0, 0, .. "row 5"u8], message.RawInputContents[1].ToByteArray());
    }

    [Fact]
    public async Task Run_OverGrpcThatRefuses_CountsByStatus()
    {
        await using var service = await TestService.StartAsync(inferGrpc: (call, number) =>
            number % 2 == 0 ? throw new GrpcException(GrpcStatusCode.ResourceExhausted, "The queue is full.") : TestService.AnswerAsync(call));
        var result = await RunAsync(Order(service));
        Assert.Equal((50, 50), (result.Succeeded, result.Failed));
        Assert.Equal([new LoadError("RESOURCE_EXHAUSTED", 50, "The queue is full.")], result.Errors);
    }

    [Fact]
    public async Task Run_OverGrpcThatDoesNotAnswer_CountsTimeouts()
    {
        await using var service = await TestService.StartAsync(inferGrpc: (call, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Cancelled).ContinueWith(_ => { }));
        var result = await RunAsync(Order(service) with { Concurrency = 3, Timeout = HalfSecond * 4 });
        Assert.Equal((100, 3, 97), (result.Due, result.Failed, result.Unsent));
        Assert.Equal("timeout", Assert.Single(result.Errors).Status);
    }

    [Fact]
    public async Task Run_ServerWithoutGrpc_SaysSo()
    {
        var service = await TestService.StartAsync();
        var order = Order(service);
        await service.DisposeAsync();
        var problem = await Assert.ThrowsAsync<FairleadException>(() => RunAsync(order));
        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
    }

    private static Task<LoadResult> RunAsync(LoadOrder order) => LoadRun.RunAsync(order, TimeProvider.System, null, Cancelled);

    private static LoadOrder Order(TestService service) => new()
    {
        Target = new LoadTarget { Url = service.Url, Service = "adder" },
        Transport = LoadTransport.Grpc,
        Profile = new SteadyProfile(200, HalfSecond),
        Warmup = TimeSpan.Zero,
        Concurrency = 128,
        Rows = Rows.ForAdder(20),
        Data = "test",
    };
}
