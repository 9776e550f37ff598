using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Serving.Tests.Rpc;

public sealed class InferenceServiceTests
{
    [Fact]
    public async Task Infer_OneRow_IsAnsweredAndCapturedAsByRest()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var options = new GrpcCallOptions { Metadata = [new("fairlead-unit", "unit-7"), new("traceparent", Trace)] };

        var answer = await channel.UnaryAsync(InferCall.Infer, InferCall.Request(1.5f, 2, id: "mine").ToByteArray(), options, TestContext.Current.CancellationToken);

        var message = ModelInferResponse.Parser.ParseFrom(answer.Message.Span);
        Assert.Equal(3.5f, InferCall.Value(message));
        Assert.Equal(("score", "v001", "mine"), (message.ModelName, message.ModelVersion, message.Id));
        var headers = answer.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        var record = host.Log.Single();
        Assert.Equal(record.Id.ToString(), headers["fairlead-prediction"]);
        Assert.Equal("score-prod-v001", headers["fairlead-server-group"]);
        Assert.Equal(record.Id.ToString(), message.Parameters["prediction_id"].StringParam);
        Assert.Equal((200, 1, "unit-7", "mine", "0af7651916cd43dd8448eb211c80319c"), (record.Status, record.Rows, record.Unit, record.RequestId, record.TraceId));
        Assert.Equal([1.5f], record.FirstInput());
        Assert.Equal([3.5f], record.FirstOutput());
    }

    [Fact]
    public async Task Infer_SameRequestByRestAndGrpc_LeavesTheSameRecord()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();

        await InferCall.ValueAsync(channel, InferCall.Request(1, 2));
        (await host.InferAsync(1, 2)).Dispose();

        var records = host.Log.Records.ToArray();
        Assert.Equal(records[0].Inputs, records[1].Inputs);
        Assert.Equal(records[0].Outputs, records[1].Outputs);
    }

    [Fact]
    public async Task Infer_VersionAndEnvironment_AreFound()
    {
        await using var host = await TestHost.StartAsync();
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Subtractor, 2, weight: 0), await host.GroupAsync(TestHost.Subtractor, 1, environment: "stage"));
        using var channel = host.Channel();

        Assert.Equal(3, await InferCall.ValueAsync(channel, InferCall.Request(5, 2, version: "v002"), new KeyValuePair<string, string>("fairlead-environment", "prod")));
        Assert.Equal(3, await InferCall.ValueAsync(channel, InferCall.Request(5, 2), new KeyValuePair<string, string>("fairlead-environment", "stage")));
        Assert.Equal(7, await InferCall.ValueAsync(channel, InferCall.Request(5, 2), new KeyValuePair<string, string>("fairlead-environment", "prod")));
        var path = await channel.UnaryAsync("/environments/stage" + InferCall.Infer, InferCall.Request(5, 2), ModelInferResponse.Parser, GrpcCallOptions.None, TestContext.Current.CancellationToken);
        Assert.Equal(3, InferCall.Value(path));
        Assert.Contains("Name the environment", (await FailureAsync(channel, InferCall.Request(5, 2))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scores", "", GrpcStatusCode.NotFound, "Request for unknown model: 'scores'")]
    [InlineData("score", "9", GrpcStatusCode.NotFound, "version '9'")]
    public async Task Infer_UnknownModel_IsNotFound(string model, string version, GrpcStatusCode status, string text)
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();

        var failure = await FailureAsync(channel, InferCall.Request(1, 2, model, version));

        Assert.Equal(status, failure.Status);
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_WrongRequest_IsInvalidArgumentAndCaptured()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        var request = InferCall.Request(1, 2);
        request.Inputs.RemoveAt(1);

        var failure = await FailureAsync(channel, request);

        Assert.Equal(GrpcStatusCode.InvalidArgument, failure.Status);
        Assert.Contains("'b'", failure.Message, StringComparison.Ordinal);
        Assert.Equal((400, failure.Message), (host.Log.Single().Status, host.Log.Single().Error));
    }

    [Fact]
    public async Task Infer_NoProtobuf_IsInvalidArgument()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();

        var failure = await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync(InferCall.Infer, new byte[] { 0xFF, 0xFF, 0xFF }, GrpcCallOptions.None, TestContext.Current.CancellationToken));

        Assert.Equal(GrpcStatusCode.InvalidArgument, failure.Status);
    }

    [Fact]
    public async Task Infer_TokenSet_IsNeededInTheMetadata()
    {
        await using var host = await TestHost.StartServingAsync(change: options => options with { Token = "secret" });
        using var channel = host.Channel();

        Assert.Equal(GrpcStatusCode.Unauthenticated, (await FailureAsync(channel, InferCall.Request(1, 2))).Status);
        Assert.Equal(3, await InferCall.ValueAsync(channel, InferCall.Request(1, 2), new KeyValuePair<string, string>("authorization", "Bearer secret")));
    }

    [Fact]
    public async Task Infer_NoRoomInTheQueue_IsResourceExhausted()
    {
        await using var host = await TestHost.StartServingAsync(service: service => service with { Limits = new ServingLimits { Concurrency = 1, Queue = 0 } });
        using var channel = host.Channel();
        using var model = new Turnstile();
        host.Runtime.Running = model.Pass;
        var first = InferCall.ValueAsync(channel, InferCall.Request(1, 2));
        await model.ArrivedAsync();

        Assert.Equal(GrpcStatusCode.ResourceExhausted, (await FailureAsync(channel, InferCall.Request(1, 2))).Status);

        model.Open();
        Assert.Equal(3, await first);
    }

    [Fact]
    public async Task Infer_ServiceDeadlineOver_IsDeadlineExceeded()
    {
        await using var host = await TestHost.StartServingAsync(service: service => service with { Limits = new ServingLimits { Deadline = TimeSpan.FromMilliseconds(30) } });
        using var channel = host.Channel();
        using var model = new Turnstile();
        host.Runtime.Running = model.Pass;

        Assert.Equal(GrpcStatusCode.DeadlineExceeded, (await FailureAsync(channel, InferCall.Request(1, 2))).Status);
    }

    [Fact]
    public async Task InferAcknowledged_RecordCannotBeKept_IsUnavailable()
    {
        await using var host = await TestHost.StartServingAsync(CaptureDurability.Acknowledged);
        using var channel = host.Channel();
        Assert.Equal(3, await InferCall.ValueAsync(channel, InferCall.Request(1, 2)));
        host.Log.Refuses = true;

        Assert.Equal(GrpcStatusCode.Unavailable, (await FailureAsync(channel, InferCall.Request(1, 2))).Status);
    }

    [Fact]
    public async Task Infer_ManyAtOnceOnOneConnection_AnswersEachItsOwn()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(client => Task.Run(async () =>
        {
            for (var n = 0; n < 50; n++)
                Assert.Equal(client + n, await InferCall.ValueAsync(channel, InferCall.Request(client, n)));
        })));

        Assert.Equal(1600, host.Log.Records.Select(record => record.Id).Distinct().Count());
    }

    [Fact]
    public async Task StreamInfer_GoodAndBadRequests_AnswersEachInOrderAndGoesOn()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        using var call = channel.Open(InferCall.Service + "ModelStreamInfer", GrpcCallOptions.None, TestContext.Current.CancellationToken);
        var wrong = InferCall.Request(1, 2, id: "two");
        wrong.Inputs.Clear();

        await call.WriteAsync(InferCall.Request(1, 2, id: "one"));
        var first = await call.ReadAsync(ModelStreamInferResponse.Parser);
        await call.WriteAsync(wrong);
        await call.WriteAsync(InferCall.Request(1, 2, id: "three", model: "other"));
        await call.WriteAsync(InferCall.Request(3, 4, id: "four"));
        call.Complete();
        var rest = new List<ModelStreamInferResponse>();
        await foreach (var answer in call.ReadAllAsync(ModelStreamInferResponse.Parser, TestContext.Current.CancellationToken))
            rest.Add(answer);

        Assert.Equal(("", "one", 3f), (first!.ErrorMessage, first.InferResponse.Id, InferCall.Value(first.InferResponse)));
        Assert.Contains("'a'", rest[0].ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("two", rest[0].InferResponse.Id);
        Assert.Contains("unknown model: 'other'", rest[1].ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("three", rest[1].InferResponse.Id);
        Assert.Equal(("", "four", 7f), (rest[2].ErrorMessage, rest[2].InferResponse.Id, InferCall.Value(rest[2].InferResponse)));
        Assert.Equal(3, rest.Count);
        Assert.Equal([200, 400, 200], host.Log.Records.Select(record => record.Status));
    }

    private static Task<GrpcException> FailureAsync(GrpcChannel channel, ModelInferRequest request) =>
        Assert.ThrowsAsync<GrpcException>(() => InferCall.ValueAsync(channel, request));
}
