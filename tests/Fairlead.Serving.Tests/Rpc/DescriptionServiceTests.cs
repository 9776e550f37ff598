using Fairlead.Grpc;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Health.V1;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Grpc.Protocols.Reflection.V1;
using Health = Fairlead.Grpc.Protocols.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Fairlead.Serving.Tests.Rpc;

public sealed class DescriptionServiceTests
{
    [Fact]
    public async Task Call_ServerAndModel_AnswerAsTheProtocolSays()
    {
        await using var host = await TestHost.StartAsync();
        using var channel = host.Channel();
        Assert.True((await InferCall.CallAsync(channel, "ServerLive", new ServerLiveRequest(), ServerLiveResponse.Parser)).Live);
        Assert.False((await InferCall.CallAsync(channel, "ServerReady", new ServerReadyRequest(), ServerReadyResponse.Parser)).Ready);
        Assert.Empty((await InferCall.CallAsync(channel, "RepositoryIndex", new RepositoryIndexRequest(), RepositoryIndexResponse.Parser)).Models);

        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Subtractor, 2, weight: 0));

        Assert.True((await InferCall.CallAsync(channel, "ServerReady", new ServerReadyRequest(), ServerReadyResponse.Parser)).Ready);
        var server = await InferCall.CallAsync(channel, "ServerMetadata", new ServerMetadataRequest(), ServerMetadataResponse.Parser);
        Assert.Equal("fairlead", server.Name);
        Assert.Contains("statistics", server.Extensions);
        Assert.True((await InferCall.CallAsync(channel, "ModelReady", new ModelReadyRequest { Name = "score", Version = "v002" }, ModelReadyResponse.Parser)).Ready);
        var model = await InferCall.CallAsync(channel, "ModelMetadata", new ModelMetadataRequest { Name = "score" }, ModelMetadataResponse.Parser);
        Assert.Equal(["v001", "v002"], model.Versions);
        Assert.Equal(("a", "FP32"), (model.Inputs[0].Name, model.Inputs[0].Datatype));
        Assert.Equal([-1, 1], model.Inputs[0].Shape);
        Assert.Empty(model.Properties);
        var config = (await InferCall.CallAsync(channel, "ModelConfig", new ModelConfigRequest { Name = "score" }, ModelConfigResponse.Parser)).Config;
        Assert.Equal(DataType.TypeFp32, config.Output[0].DataType);
        var index = await InferCall.CallAsync(channel, "RepositoryIndex", new RepositoryIndexRequest(), RepositoryIndexResponse.Parser);
        Assert.Equal([("score", "v001", "READY"), ("score", "v002", "READY")], index.Models.Select(entry => (entry.Name, entry.Version, entry.State)));
    }

    [Theory]
    [InlineData("ServerReady")]
    [InlineData("ServerMetadata")]
    public async Task Call_EnvironmentThatIsNotThere_IsNotFound(string method)
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        var options = new GrpcCallOptions { Metadata = [new("fairlead-environment", "prdo")] };

        var failure = await Assert.ThrowsAsync<GrpcException>(() =>
            channel.UnaryAsync(InferCall.Service + method, new ServerReadyRequest(), ServerReadyResponse.Parser, options, TestContext.Current.CancellationToken));

        Assert.Equal((GrpcStatusCode.NotFound, "The environment 'prdo' is not found; did you mean 'prod'?"), (failure.Status, failure.Message));
    }

    [Fact]
    public async Task Statistics_AfterRequests_CountThem()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        for (var n = 0; n < 3; n++)
            await InferCall.ValueAsync(channel, InferCall.Request(1, 2));
        (await host.PostAsync("/v2/models/score/infer", "{}")).Dispose();

        var statistics = Assert.Single((await InferCall.CallAsync(channel, "ModelStatistics", new ModelStatisticsRequest { Name = "score" }, ModelStatisticsResponse.Parser)).ModelStats);

        Assert.Equal(("score", "v001", 3UL, 3UL), (statistics.Name, statistics.Version, statistics.InferenceCount, statistics.ExecutionCount));
        Assert.Equal((3UL, 1UL), (statistics.InferenceStats.Success.Count, statistics.InferenceStats.Fail.Count));
        Assert.Equal((1UL, 3UL), (statistics.BatchStats.Single().BatchSize, statistics.BatchStats.Single().ComputeInfer.Count));
        Assert.Single((await InferCall.CallAsync(channel, "ModelStatistics", new ModelStatisticsRequest(), ModelStatisticsResponse.Parser)).ModelStats);
    }

    [Fact]
    public async Task Load_ManagedHost_IsRefusedWithTheCure()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();

        var failure = await Assert.ThrowsAsync<GrpcException>(() => InferCall.CallAsync(channel, "RepositoryModelLoad", new RepositoryModelLoadRequest { ModelName = "score" }, RepositoryModelLoadResponse.Parser));

        Assert.Equal(GrpcStatusCode.InvalidArgument, failure.Status);
        Assert.Contains("fairlead deploy", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_UnknownMethod_IsUnimplemented()
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();

        var failure = await Assert.ThrowsAsync<GrpcException>(() => InferCall.CallAsync(channel, "Elsewhere", new ServerLiveRequest(), ServerLiveResponse.Parser));

        Assert.Equal(GrpcStatusCode.Unimplemented, failure.Status);
    }

    [Fact]
    public async Task HealthWatch_ServiceComesAndGoes_IsTold()
    {
        await using var host = await TestHost.StartAsync();
        using var channel = host.Channel();
        using var call = channel.Open("/grpc.health.v1.Health/Watch", GrpcCallOptions.None, TestContext.Current.CancellationToken);
        await call.WriteAsync(new HealthCheckRequest { Service = "score" });
        call.Complete();
        Assert.Equal(Health.ServiceUnknown, (await call.ReadAsync(HealthCheckResponse.Parser))!.Status);

        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1));
        Assert.Equal(Health.Serving, (await call.ReadAsync(HealthCheckResponse.Parser))!.Status);
        await host.ApplyAsync(2, await host.GroupAsync(TestHost.Adder, 1, weight: 0));
        Assert.Equal(Health.NotServing, (await call.ReadAsync(HealthCheckResponse.Parser))!.Status);
        Assert.Equal(Health.Serving, await GrpcHealthClient.CheckAsync(channel, "", TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reflection_ListServices_NamesThoseThatThereAre()
    {
        await using var host = await TestHost.StartAsync();
        using var channel = host.Channel();
        using var call = channel.Open("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", GrpcCallOptions.None, TestContext.Current.CancellationToken);

        await call.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        var answer = await call.ReadAsync(ServerReflectionResponse.Parser);

        var names = answer!.ListServicesResponse.Service.Select(service => service.Name).ToList();
        Assert.Contains("inference.GRPCInferenceService", names);
        Assert.Contains("grpc.health.v1.Health", names);
    }
}
