using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Health.V1;
using Fairlead.Grpc.Tests.Peers;
using Serving = Fairlead.Grpc.Protocols.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Fairlead.Grpc.Tests.Server;

public sealed class GrpcHealthServiceTests : IAsyncLifetime
{
    private const string Watch = "/grpc.health.v1.Health/Watch";
    private readonly TestServer server = new();
    private GrpcChannel? channel;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private GrpcChannel Channel => channel ??= new GrpcChannel(server.Url, new GrpcChannelOptions { Time = TimeProvider.System });

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        channel?.Dispose();
        return server.DisposeAsync();
    }

    [Fact]
    public async Task Check_KnownAndUnknown_AreTold()
    {
        server.Health.Set("down", false);

        Assert.Equal(Serving.Serving, await GrpcHealthClient.CheckAsync(Channel, "", TimeSpan.FromSeconds(30), Token));
        Assert.Equal(Serving.NotServing, await GrpcHealthClient.CheckAsync(Channel, "down", TimeSpan.FromSeconds(30), Token));
        Assert.Equal(Serving.ServiceUnknown, await GrpcHealthClient.CheckAsync(Channel, "unheard", TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task Watch_ThroughChanges_TellsEachOnce()
    {
        using var call = await WatchAsync("late");

        Assert.Equal(Serving.ServiceUnknown, (await call.ReadAsync(HealthCheckResponse.Parser))?.Status);
        server.Health.Set("late", true);
        Assert.Equal(Serving.Serving, (await call.ReadAsync(HealthCheckResponse.Parser))?.Status);
        server.Health.Set("other", true);
        server.Health.Set("late", true);
        server.Health.Set("late", false);
        Assert.Equal(Serving.NotServing, (await call.ReadAsync(HealthCheckResponse.Parser))?.Status);
        server.Health.Set("late", null);
        Assert.Equal(Serving.ServiceUnknown, (await call.ReadAsync(HealthCheckResponse.Parser))?.Status);
    }

    [Fact]
    public async Task Watch_WhenTheServerStops_EndsAsUnavailable()
    {
        using var call = await WatchAsync("");
        Assert.NotNull(await call.ReadAsync(HealthCheckResponse.Parser));

        var stop = server.StopAsync(Token);

        Assert.Equal(GrpcStatusCode.Unavailable, (await Assert.ThrowsAsync<GrpcException>(async () => await call.ReadAsync())).Status);
        await stop;
    }

    private async Task<GrpcClientCall> WatchAsync(string service)
    {
        var call = Channel.Open(Watch, GrpcCallOptions.None, Token);
        await call.WriteAsync(new HealthCheckRequest { Service = service });
        call.Complete();
        return call;
    }
}
