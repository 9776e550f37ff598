using System.Net;
using System.Text;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;
using Fairlead.Grpc.Client;
using Fairlead.Serving.Tests.Forwarding;
using Fairlead.Serving.Tests.Rpc;

namespace Fairlead.Serving.Tests.Listening;

/// <summary>The server's own transport, as it is used where there are no event loops: every protocol, the same answers.</summary>
public sealed class SocketsTransportTests
{
    [Fact]
    public async Task Models_OverSockets_AnswerByRestAndGrpc()
    {
        await using var host = await TestHost.StartServingAsync(CaptureDurability.Acknowledged, options => options with { Transport = HostTransport.Sockets });
        using var channel = host.Channel();

        for (var n = 0; n < 20; n++)
        {
            using var response = await host.InferAsync(n, 1);
            Assert.Equal(n + 1, TestHost.ValueOf(await TestHost.JsonAsync(response)));
            Assert.Equal(n + 2, await InferCall.ValueAsync(channel, InferCall.Request(n, 2)));
        }

        Assert.Equal(40, host.Log.Records.Count);
        var metrics = await host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("fairlead_event_loop_sockets{", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_OverSockets_PassInEveryForm()
    {
        await using var host = await ForwardHost.StartAsync(durability: CaptureDurability.Acknowledged, transport: HostTransport.Sockets);
        var random = new Random(7);
        var large = new byte[3_000_000];
        random.NextBytes(large);
        using var content = new ByteArrayContent(large);

        using var echo = await host.Client.PostAsync("echo", content, TestContext.Current.CancellationToken);
        Assert.Equal(large, await echo.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("hello world", await host.GetAsync("chunked"));
        Assert.Equal("to the end", await host.GetAsync("until-close"));
        Assert.Equal(4_000_000, (await host.GetAsync("big?4000000")).Length);
        using var bad = await host.Client.GetAsync("garbage", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadGateway, bad.StatusCode);
        for (var n = 0; n < 20; n++)
            Assert.Equal("hello from 1", await host.GetAsync("hello"));
    }

    [Fact]
    public async Task GrpcCalls_OverSockets_PassAsStreams()
    {
        await using var host = await ForwardHost.StartAsync(ServiceProtocol.Grpc, transport: HostTransport.Sockets);
        using var channel = new GrpcChannel(new Uri($"http://127.0.0.1:{host.Port}"), new GrpcChannelOptions { Time = TimeProvider.System });

        using var both = channel.Open("/test.Echo/Bidi", GrpcCallOptions.None, TestContext.Current.CancellationToken);
        for (var i = 0; i < 20; i++)
        {
            await both.WriteAsync(Encoding.UTF8.GetBytes($"{i}"));
            Assert.Equal($"<{i}>", Encoding.UTF8.GetString((await both.ReadAsync())!.Value.Span));
        }

        both.Complete();
        Assert.Null(await both.ReadAsync());
    }
}
