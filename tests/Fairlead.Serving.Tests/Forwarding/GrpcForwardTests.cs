using System.Net;
using System.Text;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Services;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;

namespace Fairlead.Serving.Tests.Forwarding;

public sealed class GrpcForwardTests
{
    [Fact]
    public async Task Unary_Forwarded_IsAnsweredAndCaptured()
    {
        await using var host = await ForwardHost.StartAsync(ServiceProtocol.Grpc);
        using var channel = Open(host);

        var answer = await channel.UnaryAsync("/test.Echo/Unary", "hello"u8.ToArray(), Options(), TestContext.Current.CancellationToken);
        await host.WaitForRecordsAsync(1);

        Assert.Equal("<hello>", Encoding.UTF8.GetString(answer.Message.Span));
        Assert.Equal("initial", answer.Headers.Single(pair => pair.Key == "from-service").Value);
        Assert.Equal("trailing", answer.Trailers.Single(pair => pair.Key == "to-client").Value);
        Assert.Contains(answer.Trailers, pair => pair.Key == "data-bin");
        Assert.Equal(host.Log.Single().Id.ToString(), answer.Headers.Single(pair => pair.Key == "fairlead-prediction").Value);
        Assert.Equal(["/test.Echo/Unary", "1", "5", "hello"], CallTensors.Of(host.Log.Single().Inputs));
        Assert.Equal(["OK", "1", "7", "<hello>"], CallTensors.Of(host.Log.Single().Outputs));
        Assert.Equal(200, host.Log.Single().Status);
    }

    [Fact]
    public async Task Metadata_OfTheClient_ReachesTheService()
    {
        await using var host = await ForwardHost.StartAsync(ServiceProtocol.Grpc);
        using var channel = Open(host);
        var options = Options() with { Metadata = [new("asked", "yes")] };

        var answer = await channel.UnaryAsync("/test.Echo/Unary", "metadata"u8.ToArray(), options, TestContext.Current.CancellationToken);
        await host.WaitForRecordsAsync(1);

        Assert.Equal($"yes|prod|{host.Log.Single().Id}", Encoding.UTF8.GetString(answer.Message.Span));
    }

    [Fact]
    public async Task Status_OfTheService_ReachesTheClient()
    {
        await using var host = await ForwardHost.StartAsync(ServiceProtocol.Grpc);
        using var channel = Open(host);

        var problem = await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync("/test.Echo/Unary", "fail"u8.ToArray(), Options(), TestContext.Current.CancellationToken));
        await host.WaitForRecordsAsync(1);

        Assert.Equal((GrpcStatusCode.FailedPrecondition, "it is not ready: ä"), (problem.Status, problem.Message));
        Assert.Equal((400, ""), (host.Log.Single().Status, host.Log.Single().Error));
        Assert.Equal("FAILED_PRECONDITION", CallTensors.Of(host.Log.Single().Outputs)[0]);
    }

    [Fact]
    public async Task Streams_OfAllKinds_PassThrough()
    {
        await using var host = await ForwardHost.StartAsync(ServiceProtocol.Grpc);
        using var channel = Open(host);

        using var server = channel.Open("/test.Echo/ServerStream", Options(), TestContext.Current.CancellationToken);
        await server.WriteAsync("300"u8.ToArray());
        server.Complete();
        for (var i = 0; i < 300; i++)
            Assert.Equal($"{i}", Text(await server.ReadAsync()));
        Assert.Null(await server.ReadAsync());

        using var client = channel.Open("/test.Echo/ClientStream", Options(), TestContext.Current.CancellationToken);
        for (var i = 0; i < 100; i++)
            await client.WriteAsync(new byte[1000]);
        client.Complete();
        Assert.Equal("100000", Text(await client.ReadAsync()));

        // Each message is answered before the next is sent.
        using var both = channel.Open("/test.Echo/Bidi", Options(), TestContext.Current.CancellationToken);
        for (var i = 0; i < 20; i++)
        {
            await both.WriteAsync(Encoding.UTF8.GetBytes($"{i}"));
            Assert.Equal($"<{i}>", Text(await both.ReadAsync()));
        }

        both.Complete();
        Assert.Null(await both.ReadAsync());
        await host.WaitForRecordsAsync(3);
        var record = host.Log.Records.Single(record => CallTensors.Of(record.Inputs)[0] == "/test.Echo/Bidi");
        Assert.Equal(["/test.Echo/Bidi", "20", "30", ""], CallTensors.Of(record.Inputs));
        Assert.Equal(["OK", "20", "70", ""], CallTensors.Of(record.Outputs));
    }

    [Fact]
    public async Task Deadline_OfTheClient_EndsTheCall()
    {
        await using var host = await ForwardHost.StartAsync(ServiceProtocol.Grpc);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{host.Port}/test.Echo/Unary")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 4, .. "hang"u8]),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        request.Headers.Add("grpc-timeout", "150m");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var values = response.Headers.TryGetValues("grpc-status", out var status) ? status : response.TrailingHeaders.GetValues("grpc-status");

        Assert.Equal("4", values.Single());
    }

    [Fact]
    public async Task Cancel_OfTheClient_ReachesTheService()
    {
        await using var host = await ForwardHost.StartAsync(ServiceProtocol.Grpc);
        using var channel = Open(host);
        using (var call = channel.Open("/test.Echo/ServerStream", Options(), TestContext.Current.CancellationToken))
        {
            await call.WriteAsync("endless"u8.ToArray());
            call.Complete();
            Assert.Equal("tick", Text(await call.ReadAsync()));
        }

        string cancelled;
        do
            cancelled = Encoding.UTF8.GetString((await channel.UnaryAsync("/test.Echo/Unary", "cancelled"u8.ToArray(), Options(), TestContext.Current.CancellationToken)).Message.Span);
        while (cancelled == "<0>" || cancelled == "0");
        Assert.Equal("1", cancelled);
    }

    [Fact]
    public async Task Service_Killed_IsUnavailable()
    {
        await using var host = await ForwardHost.StartAsync(ServiceProtocol.Grpc);
        using var channel = Open(host);
        using var call = channel.Open("/test.Echo/Bidi", Options(), TestContext.Current.CancellationToken);
        await call.WriteAsync("a"u8.ToArray());
        Assert.Equal("<a>", Text(await call.ReadAsync()));

        await host.KillAsync();

        var problem = await Assert.ThrowsAsync<GrpcException>(async () => await call.ReadAsync());
        Assert.Equal(GrpcStatusCode.Unavailable, problem.Status);
    }

    [Fact]
    public async Task Calls_WhileTheOnlyInstanceRestarts_Wait()
    {
        await using var host = await ForwardHost.StartAsync(ServiceProtocol.Grpc);
        using var channel = Open(host);
        await host.KillAsync();

        // The first may have reached the instance while it was ending: then nobody may ask again for it.
        await Record.ExceptionAsync(() => channel.UnaryAsync("/test.Echo/Unary", "a"u8.ToArray(), Options(), TestContext.Current.CancellationToken));
        while (host.Pool.Report().Single().State == InstanceState.Ready && host.Pool.Report().Single().Restarts == 0)
            await Task.Yield();
        var answer = await channel.UnaryAsync("/test.Echo/Unary", "b"u8.ToArray(), Options(), TestContext.Current.CancellationToken);

        Assert.Equal("<b>", Text(answer.Message));
    }

    private static GrpcChannel Open(ForwardHost host) => new(new Uri($"http://127.0.0.1:{host.Port}"), new GrpcChannelOptions { Time = TimeProvider.System });

    private static GrpcCallOptions Options() => new();

    private static string? Text(ReadOnlyMemory<byte>? message) => message is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
}
