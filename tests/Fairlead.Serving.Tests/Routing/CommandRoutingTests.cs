using System.Net;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Health.V1;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Serving.Tests.Hostile;
using Fairlead.Serving.Tests.Rpc;
using Fairlead.Serving.Tests.Shadows;

namespace Fairlead.Serving.Tests.Routing;

public sealed class CommandRoutingTests
{
    [Fact]
    public async Task Call_VersionInTheHeader_ReachesAServerGroupWithoutTraffic()
    {
        await using var host = await StartAsync(new InProcessPlatform());

        using var live = await host.Client.GetAsync("/services/echo/", TestContext.Current.CancellationToken);
        using var asked = await host.PostAsync("/services/echo/", "x", ("fairlead-version", "v002"), ("fairlead-unit", "unit-7"));

        Assert.Equal("echo-prod-v001", await live.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("echo-prod-v002", await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var record = (await host.Log.WaitAsync(2)).Single(record => record.Context.ServerGroup.Number == 2);
        Assert.Equal((RouteKind.Version, "unit-7"), (record.Route, record.Unit));
    }

    [Fact]
    public async Task Call_OfWhatIsNotThere_IsToldWhatThereIs()
    {
        await using var host = await StartAsync(new InProcessPlatform());

        using var version = await host.PostAsync("/services/echo/", "x", ("fairlead-version", "v003"));
        using var service = await host.PostAsync("/services/ecco/", "x");
        using var named = await host.PostAsync("/x", "x", ("fairlead-service", "letter"));

        Assert.Equal("The service 'echo' version 'v003' is not found in environment 'prod'; known: v001, v002", await TestHost.ErrorAsync(version, HttpStatusCode.NotFound));
        Assert.Equal("The service 'ecco' is not found in environment 'prod'; did you mean 'echo'?", await TestHost.ErrorAsync(service, HttpStatusCode.NotFound));
        Assert.Equal("The service 'letter' is not found in environment 'prod'; known: echo", await TestHost.ErrorAsync(named, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Metadata_OfACommand_IsRefusedAndSaysWhatItSpeaks()
    {
        await using var host = await StartAsync(new InProcessPlatform());

        using var refused = await host.Client.GetAsync("/v2/models/echo", TestContext.Current.CancellationToken);

        Assert.Equal("http", refused.Headers.GetValues("fairlead-command").Single());
        Assert.Equal("'echo' is a command and no model; call it below '/services/echo/', or with the header 'fairlead-service'.", await TestHost.ErrorAsync(refused, HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Ready_NoInstanceTakesRequests_IsFalse()
    {
        const string Path = "/v2/models/echo/ready";
        var platform = new InProcessPlatform();
        await using var host = await StartAsync(platform);
        using var channel = host.Channel();
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(Path)).Status);
        Assert.True(await IsReadyAsync(""));

        platform.AreWell = false;
        while ((await host.GetAsync(Path)).Status == HttpStatusCode.OK || (await host.GetAsync("/v2/models/echo/versions/v002/ready")).Status == HttpStatusCode.OK)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);

        var (status, answer) = await host.GetAsync(Path);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "No instance of 'echo-prod-v001' takes requests; 'fairlead logs echo-prod-v001' prints what its instances say."),
            (status, answer.GetProperty("error").GetString()));
        Assert.False(await IsReadyAsync(""));
        Assert.False(await IsReadyAsync("v002"));

        async Task<bool> IsReadyAsync(string version) =>
            (await InferCall.CallAsync(channel, "ModelReady", new ModelReadyRequest { Name = "echo", Version = version }, ModelReadyResponse.Parser)).Ready;
    }

    [Fact]
    public async Task HealthWatch_InstancesFailAndRecover_IsTold()
    {
        var platform = new InProcessPlatform();
        await using var host = await StartAsync(platform);
        using var channel = host.Channel();
        using var call = channel.Open("/grpc.health.v1.Health/Watch", GrpcCallOptions.None, TestContext.Current.CancellationToken);
        await call.WriteAsync(new HealthCheckRequest { Service = "echo" });
        call.Complete();
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await call.ReadAsync(HealthCheckResponse.Parser))!.Status);

        platform.AreWell = false;
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, (await call.ReadAsync(HealthCheckResponse.Parser))!.Status);

        platform.AreWell = true;
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await call.ReadAsync(HealthCheckResponse.Parser))!.Status);
    }

    [Fact]
    public async Task Call_GrpcServiceOfSeveralEnvironmentsWithoutAName_IsToldToNameOne()
    {
        await using var host = await TestHost.StartAsync(platform: new InProcessPlatform());
        var group = await CallShadowTests.GroupAsync(host, ServiceProtocol.Grpc, 1);
        await host.ApplyAsync(1, group, group with { Name = new ServerGroupName("echo", "stage", 1) });
        using var channel = host.Channel();

        var failure = await Assert.ThrowsAsync<GrpcException>(() =>
            channel.UnaryAsync("/test.Echo/Unary", "x"u8.ToArray(), GrpcCallOptions.None, TestContext.Current.CancellationToken));

        Assert.Equal(
            (GrpcStatusCode.NotFound, "Name the environment, by the path '/environments/prod/…', or the header or metadata 'fairlead-environment': prod, stage are there."),
            (failure.Status, failure.Message));
    }

    /// <summary>A host with <c>echo-prod-v001</c>, which has all the traffic, and <c>echo-prod-v002</c>, which has none.</summary>
    private static async Task<TestHost> StartAsync(InProcessPlatform platform)
    {
        var host = await TestHost.StartAsync(platform: platform);
        var report = await host.ApplyAsync(1, await GroupAsync(host, 1), await GroupAsync(host, 2) with { Weight = Weight.None });
        Assert.Equal((1, 0), (report.AppliedVersion, report.Failures.Count));
        return host;
    }

    private static async Task<DesiredServerGroup> GroupAsync(TestHost host, int number)
    {
        var group = await CallShadowTests.GroupAsync(host, ServiceProtocol.Http, number);
        var command = group.Service.Command! with { Health = new HealthCheck { Kind = HealthKind.Http, Target = "/", Interval = TimeSpan.FromMilliseconds(20) } };
        return group with { Service = group.Service with { Command = command } };
    }
}
