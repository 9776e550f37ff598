using System.Net;
using Fairlead.Domain.Services;
using Fairlead.Inference.Tests.OnnxModels;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Tests.Limits;

public sealed class ShedTests
{
    [Fact]
    public async Task Infer_QueueFull_Is429WithRetryAfterAndTheOthersAreAnsweredInTurn()
    {
        await using var host = await StartAsync(new ServingLimits { Concurrency = 1, Queue = 1 });
        using var model = new Turnstile();
        host.Runtime.Running = model.Pass;
        var first = host.InferAsync(1, 2);
        await model.ArrivedAsync();
        var second = host.InferAsync(3, 4);
        await WaitingAsync(host, 1);

        using var third = await host.InferAsync(5, 6);

        Assert.Equal("1", third.Headers.GetValues("Retry-After").Single());
        Assert.Contains("score-prod-v001", await TestHost.ErrorAsync(third, HttpStatusCode.TooManyRequests), StringComparison.Ordinal);
        model.Open();
        Assert.Equal(3, await ValueAsync(first));
        Assert.Equal(7, await ValueAsync(second));
        Assert.Equal([200, 200, 429], host.Log.Records.Select(record => record.Status).Order());
        var shed = host.Log.Records.Single(record => record.Status == 429);
        Assert.Equal(third.Headers.GetValues("fairlead-prediction").Single(), shed.Id.ToString());
        Assert.Contains("queue", shed.Error, StringComparison.Ordinal);
        Assert.Equal((1, 0), (shed.Rows, shed.Inputs.Length));
        Assert.Equal(0, Admission(host).UnderWay);
        Assert.Equal(1, Group(host).Metrics.Snapshot().Shed);
    }

    [Fact]
    public async Task Infer_ClientGoneWhileItQueues_GivesUpItsPlace()
    {
        await using var host = await StartAsync(new ServingLimits { Concurrency = 1, Queue = 1 });
        using var model = new Turnstile();
        host.Runtime.Running = model.Pass;
        var first = host.InferAsync(1, 2);
        await model.ArrivedAsync();
        using (var connection = await RawConnection.OpenAsync(host.Port))
        {
            var body = TestHost.Body(3, 4);
            await connection.SendAsync($"POST /v2/models/score/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            await WaitingAsync(host, 1);
            connection.Reset();
        }

        await WaitingAsync(host, 0);
        model.Open();
        Assert.Equal(3, await ValueAsync(first));
        Assert.Equal([200, 499], host.Log.Records.Select(record => record.Status).Order());
    }

    [Fact]
    public async Task Infer_ModelHangs_Is504AtTheDeadlineAndTheConcurrencyHoldsTheRest()
    {
        await using var host = await StartAsync(new ServingLimits { Concurrency = 1, Queue = 0, Deadline = TimeSpan.FromMilliseconds(50) });
        using var model = new Turnstile();
        host.Runtime.Running = model.Pass;

        Assert.Contains("deadline", await TestHost.ErrorAsync(await host.InferAsync(1, 2), HttpStatusCode.GatewayTimeout), StringComparison.Ordinal);
        await TestHost.ErrorAsync(await host.InferAsync(1, 2), HttpStatusCode.TooManyRequests);

        Assert.Equal((1, 1), (Admission(host).UnderWay, Admission(host).Stuck));
        Assert.Equal([504, 429], host.Log.Records.Select(record => record.Status));
        Assert.NotEmpty(host.Log.Records.First().Inputs);
        host.Runtime.Running = () => { };
        model.Open();
        await UntilAsync(() => Admission(host).UnderWay == 0);
        Assert.Equal(3, await ValueAsync(host.InferAsync(1, 2)));
        Assert.Equal(0, Admission(host).Stuck);
    }

    [Fact]
    public async Task Infer_ManyHang_IsRefusedInsteadOfTakingMoreThreads()
    {
        await using var host = await StartAsync(new ServingLimits { Deadline = TimeSpan.FromMilliseconds(20) });
        using var model = new Turnstile();
        host.Runtime.Running = model.Pass;
        var statuses = new List<HttpStatusCode>();

        for (var n = 0; n < (4 * Environment.ProcessorCount) + 8; n++)
        {
            using var response = await host.InferAsync(1, 2);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.GatewayTimeout, statuses[0]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, statuses[^1]);
    }

    [Fact]
    public async Task Infer_TimeoutParameter_IsTheRequestsOwnDeadline()
    {
        await using var host = await StartAsync(ServingLimits.Default);
        using var model = new Turnstile();
        host.Runtime.Running = model.Pass;

        var response = await host.PostAsync("/v2/models/score/infer", "{\"parameters\":{\"timeout\":20000}," + TestHost.Body(1, 2)[1..]);

        await TestHost.ErrorAsync(response, HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task Infer_DeadlineNotReached_IsAnswered()
    {
        await using var host = await StartAsync(new ServingLimits { Deadline = TimeSpan.FromMinutes(1) });

        Assert.Equal(3, await ValueAsync(host.InferAsync(1, 2)));
    }

    [Fact]
    public async Task Infer_BatchedByManyClients_AnswersEachItsOwn()
    {
        await using var host = await TestHost.StartServingAsync(service: service => service with { Batch = new BatchPolicy(64, TimeSpan.FromMilliseconds(1)) });

        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            for (var n = 0; n < 50; n++)
                Assert.Equal(client + n, await ValueAsync(host.InferAsync(client, n)));
        })));

        Assert.Equal(800, host.Log.Records.Count);
        var numbers = Group(host).Metrics.Snapshot();
        Assert.Equal((800, 800), (numbers.Rows, numbers.RunRows));
        Assert.InRange(numbers.Runs, 1, 800);
    }

    [Fact]
    public async Task Infer_BatchedInTwoEnvironmentsOfOneModel_NeverMixesThem()
    {
        await using var host = await TestHost.StartAsync();
        var batch = new BatchPolicy(64, TimeSpan.FromMilliseconds(2));
        var groups = new[] { await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Adder, 1, environment: "stage") };
        await host.ApplyAsync(1, [.. groups.Select(group => group with { Service = group.Service with { Batch = batch } })]);
        Assert.Equal(1, host.Runtime.Alive);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            for (var n = 0; n < 25; n++)
                Assert.Equal(client + n, await ValueAsync(host.InferAsync(client, n, ("fairlead-environment", client % 2 == 0 ? "prod" : "stage"))));
        })));

        // Rows that ran for another environment would be missing in one of the counts, and too many in the other.
        var numbers = host.Server.Routes.Current.Groups.Select(group => group.Metrics.Snapshot()).ToList();
        Assert.Equal(2, numbers.Count);
        Assert.All(numbers, each => Assert.Equal((200, 200), (each.Rows, each.RunRows)));
    }

    [Fact]
    public async Task Infer_ModelThatFailsInABatch_FailsAlone()
    {
        await using var host = await TestHost.StartAsync();
        var group = await host.GroupAsync(TestModels.Pick(), 1);
        await host.ApplyAsync(1, group with { Service = group.Service with { Batch = new BatchPolicy(8, TimeSpan.FromMilliseconds(1)) } });
        var bodies = Enumerable.Range(0, 40).Select(n => $$"""{"inputs":[{"name":"index","shape":[1],"datatype":"INT64","data":[{{(n % 4 == 0 ? 99 : 1)}}]}]}""").ToList();

        var statuses = await Task.WhenAll(bodies.Select(async body =>
        {
            using var response = await host.PostAsync("/v2/models/score/infer", body);
            return response.StatusCode;
        }));

        Assert.All(statuses.Index(), answer => Assert.Equal(answer.Index % 4 == 0 ? HttpStatusCode.BadRequest : HttpStatusCode.OK, answer.Item));
    }

    private static Task<TestHost> StartAsync(ServingLimits limits) => TestHost.StartServingAsync(service: service => service with { Limits = limits });

    private static LiveServerGroup Group(TestHost host) => host.Server.Routes.Current.Groups.Single();

    private static Admission Admission(TestHost host) => Group(host).Admission;

    private static Task WaitingAsync(TestHost host, int count) => UntilAsync(() => Admission(host).Waiting == count);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<float> ValueAsync(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        return TestHost.ValueOf(await TestHost.JsonAsync(response));
    }
}
