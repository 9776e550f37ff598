using System.Collections.Concurrent;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Load.Inputs;
using Fairlead.Load.Judging;
using Fairlead.Load.Measuring;
using Fairlead.Load.Profiles;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Load.Tests;

public sealed class LoadRunTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ServiceThatAnswers_SendsWhatTheProfileSays()
    {
        await using var service = await TestService.StartAsync((context, number) => TestService.AnswerAsync(context, number % 10 == 0 ? "adder-prod-v002" : "adder-prod-v001"));
        var result = await RunAsync(Order(service, new SteadyProfile(240, Second / 2)));
        Assert.Equal((120, 120, 120, 0, 0), (result.Due, result.Sent, result.Succeeded, result.Failed, result.Unsent));
        Assert.Equal([new ServerGroupShare("adder-prod-v001", 108, 0.9), new ServerGroupShare("adder-prod-v002", 12, 0.1)], result.ServerGroups);
        Assert.Equal((0.5, 20, 0, 0), (result.Duration, result.Requests, result.WithoutPrediction, result.Reconnects));
        Assert.Equal((120, 120), (result.Latency.Count, result.UncorrectedLatency.Count));
        Assert.Equal(120, result.Seconds.Sum(second => second.Succeeded));
        Assert.True(result.Latency.Max >= result.UncorrectedLatency.Max);
        Assert.Equal(120, service.Received);
    }

    [Fact]
    public async Task Run_Request_HoldsRowUnitEnvironmentAndToken()
    {
        var seen = new ConcurrentDictionary<string, JsonElement>();
        await using var service = await TestService.StartAsync(async (context, number) =>
        {
            Assert.Equal(("prod", "Bearer secret", "application/json"), (context.Request.Headers["fairlead-environment"].ToString(), context.Request.Headers.Authorization.ToString(), context.Request.ContentType));
            seen[context.Request.Headers["fairlead-unit"].ToString()] = await context.Request.ReadFromJsonAsync<JsonElement>();
            await TestService.AnswerAsync(context, number);
        });
        var order = Order(service, new SteadyProfile(100, Second / 10));
        var result = await RunAsync(order with { Target = order.Target with { Environment = "prod", Token = "secret" }, Unit = "name", RowsPerRequest = 2 });
        Assert.Equal((10, 0), (result.Succeeded, result.Failed));
        Assert.Equal(10, seen.Count);
        Assert.Equal(
            """{"inputs":[{"name":"a","datatype":"FP32","shape":[2,1],"data":[2.5,3.5]},{"name":"name","datatype":"BYTES","shape":[2,1],"data":["row 2","row 3"]}]}""",
            JsonSerializer.Serialize(seen["row 2"]));
    }

    [Fact]
    public async Task Run_Warmup_IsSentAndNotCounted()
    {
        await using var service = await TestService.StartAsync();
        var result = await RunAsync(Order(service, new SteadyProfile(100, Second / 2)) with { Warmup = Second / 2 });
        Assert.Equal((50, 50, 50, 100), (result.Due, result.Succeeded, (int)result.Latency.Count, service.Received));
    }

    [Fact]
    public async Task Run_ServiceThatStalls_ShowsInTheCorrectedLatencyOnly()
    {
        var stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await TestService.StartAsync(async (context, number) =>
        {
            if (number > 100)
                await stalled.Task.WaitAsync(Cancelled);
            await TestService.AnswerAsync(context, number);
        });
        // The stall ends when 150 requests, 0.3 s of the profile, wait for one of the four that are under way.
        var result = await RunAsync(Order(service, new SteadyProfile(500, Second)) with { Concurrency = 4 }, progress =>
        {
            if (progress.Waiting >= 150)
                stalled.TrySetResult();
        });
        Assert.Equal((500, 500), (result.Due, result.Succeeded + result.Unsent));
        Assert.True(result.Late >= 149, $"{result.Late} late");
        Assert.True(result.Latency.P90 >= 0.1, $"p90 {result.Latency.P90}");
        Assert.True(result.Latency.Max >= 0.3, $"max {result.Latency.Max}");
        Assert.True(result.UncorrectedLatency.P90 < result.Latency.P90, $"{result.UncorrectedLatency} hides what {result.Latency} shows");
    }

    [Fact]
    public async Task Run_ServiceThatNeverAnswers_CountsTimeoutsAndWhatWasNeverSent()
    {
        await using var service = await TestService.StartAsync((context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }));
        var result = await RunAsync(Order(service, new SteadyProfile(100, Second / 2)) with { Concurrency = 2, Timeout = Second * 2 });
        Assert.Equal((50, 2, 48, 2, 0), (result.Due, result.Sent, result.Unsent, result.Failed, result.Succeeded));
        Assert.Equal([new LoadError("timeout", 2, "No answer within 2 s.")], result.Errors);
        Assert.Equal((50, 1.0), (result.Latency.Count, result.ErrorRate));
        Assert.True(result.Latency.Max >= 2);
        Assert.Equal(0, result.AchievedRate);
    }

    [Fact]
    public async Task Run_ServiceThatRefuses_CountsByStatusWithTheFirstSentence()
    {
        await using var service = await TestService.StartAsync((context, number) => (number % 4) switch
        {
            0 => TestService.RefuseAsync(context, 503, "The service is overloaded."),
            1 => TestService.RefuseAsync(context, 429, $"Too many, said at {number}."),
            _ => TestService.AnswerAsync(context, number),
        });
        var result = await RunAsync(Order(service, new SteadyProfile(400, Second / 2)) with { Concurrency = 1, Checks = [LoadCheck.Parse("error.rate < 10%"), LoadCheck.Parse("errors >= 1")] });
        Assert.Equal((result.Sent / 2.0, (double)result.Sent), (result.Failed, result.Failed + result.Succeeded), (left, right) => Math.Abs(left.Item1 - right.Item1) <= 1 && left.Item2 == right.Item2);
        Assert.Equal(["Too many, said at 1.", "The service is overloaded."], result.Errors.OrderBy(error => error.Status).Select(error => error.Message));
        Assert.Equal([false, true], result.Checks.Select(check => check.Passed));
        Assert.False(result.Passed);
        Assert.Equal(0, result.Reconnects);
    }

    [Fact]
    public async Task Run_ConnectionsThatBreak_AreCountedAndMadeAgain()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            if (number % 5 != 0)
                return TestService.AnswerAsync(context, number);
            context.Abort();
            return Task.CompletedTask;
        });
        var result = await RunAsync(Order(service, new SteadyProfile(200, Second / 2)) with { Concurrency = 16 });
        Assert.Equal((100, result.Sent, result.Sent / 5), (result.Sent + result.Unsent, result.Succeeded + result.Failed, result.Failed));
        Assert.Equal("connection", Assert.Single(result.Errors).Status);
        // One that breaks last is not needed again.
        Assert.InRange(result.Reconnects, result.Failed - 16, result.Failed);
    }

    [Fact]
    public async Task Run_ServerThatClosesAfterEachAnswer_IsNoFailure()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            context.Response.Headers.Connection = "close";
            return TestService.AnswerAsync(context, number);
        });
        var result = await RunAsync(Order(service, new SteadyProfile(200, Second / 2)) with { Concurrency = 4 });
        Assert.Equal((100, 0, 96), (result.Succeeded + result.Unsent, result.Failed, result.Reconnects + result.Unsent));
    }

    [Fact]
    public async Task Run_Cancelled_TellsWhatWasMeasuredSoFar()
    {
        using var cancel = new CancellationTokenSource();
        await using var service = await TestService.StartAsync(async (context, number) =>
        {
            if (number == 50)
                await cancel.CancelAsync();
            await (number >= 50 ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }) : TestService.AnswerAsync(context, number));
        });
        var result = await LoadRun.RunAsync(Order(service, new SteadyProfile(100, TimeSpan.FromHours(1))), TimeProvider.System, null, cancel.Token);
        Assert.True(result.Cancelled);
        Assert.Equal((49, 0), (result.Succeeded, result.Failed));
        Assert.Equal(result.Sent, result.Succeeded + result.Abandoned);
        Assert.InRange(result.Duration, 0.3, 60);
    }

    [Fact]
    public async Task Run_ServiceThatDoesNotExist_SaysSo()
    {
        await using var service = await TestService.StartAsync();
        var order = Order(service, new SteadyProfile(1, Second));
        var problem = await Assert.ThrowsAsync<FairleadException>(() => RunAsync(order with { Target = order.Target with { Service = "add er" } }));
        Assert.Equal((ProblemKind.NotFound, "The host does not describe 'add er' (404): Request for unknown model: 'add er' is not found."), (problem.Kind, problem.Message));
    }

    [Fact]
    public async Task Run_NobodyThere_SaysSo()
    {
        var service = await TestService.StartAsync();
        var order = Order(service, new SteadyProfile(1, Second));
        await service.DisposeAsync();
        var problem = await Assert.ThrowsAsync<FairleadException>(() => RunAsync(order));
        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
        Assert.Contains(order.Target.Url.ToString(), problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ColumnMissing_SaysWhichAndWhatThereIs()
    {
        await using var service = await TestService.StartAsync();
        var order = Order(service, new SteadyProfile(1, Second)) with { Rows = Rows.Of(["a", "label"], "[1,\"x\"]") };
        var problem = await Assert.ThrowsAsync<FairleadException>(() => RunAsync(order));
        Assert.Equal("The data has no column 'name' for the input 'name' (BYTES) of 'adder'; it has a, label.", problem.Message);
        Assert.Equal(0, service.Received);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(64, 0, 1)]
    [InlineData(64, 1, 0)]
    public async Task Run_OrderOutOfRange_IsRefused(int concurrency, int rows, double timeout)
    {
        await using var service = await TestService.StartAsync();
        var order = Order(service, new SteadyProfile(1, Second)) with { Concurrency = concurrency, RowsPerRequest = rows, Timeout = TimeSpan.FromSeconds(timeout) };
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => RunAsync(order))).Kind);
    }

    private static Task<LoadResult> RunAsync(LoadOrder order, Action<LoadProgress>? onProgress = null) => LoadRun.RunAsync(order, TimeProvider.System, onProgress, Cancelled);

    private static LoadOrder Order(TestService service, LoadProfile profile) => new()
    {
        Target = new LoadTarget { Url = service.Url, Service = "adder" },
        Profile = profile,
        Warmup = TimeSpan.Zero,
        // More than most tests send: nothing waits, however busy the machine is.
        Concurrency = 128,
        Rows = Rows.ForAdder(20),
        Data = "test",
    };
}
