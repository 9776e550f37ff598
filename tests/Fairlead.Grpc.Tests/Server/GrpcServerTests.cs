using System.Net;
using System.Net.Http.Headers;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Server;
using Fairlead.Grpc.Tests.Peers;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Grpc.Tests.Server;

public sealed class GrpcServerTests(TestServer server) : IClassFixture<TestServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2.0", "POST", "application/grpc", 200)]
    [InlineData("2.0", "POST", "application/grpc+proto", 200)]
    [InlineData("2.0", "POST", "Application/GRPC; charset=utf-8", 200)]
    [InlineData("2.0", "POST", "application/grpc+json", 415)]
    [InlineData("2.0", "POST", "application/grpc-web", 415)]
    [InlineData("2.0", "POST", "application/json", 415)]
    [InlineData("2.0", "POST", null, 415)]
    [InlineData("2.0", "PUT", "application/grpc", 405)]
    [InlineData("1.1", "POST", "application/grpc", 426)]
    public async Task Handle_RequestOfAnyForm_IsServedOrRefused(string version, string method, string? contentType, int status)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Url, EchoService.Unary)) { Version = new Version(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = new ByteArrayContent(new byte[5]);
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using var response = await http.SendAsync(request, Token);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200 ? "application/grpc" : null, response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(null, false, false)]
    [InlineData("", false, false)]
    [InlineData("application/grpcx", false, false)]
    [InlineData("application/grpc-web+proto", false, false)]
    [InlineData("application/grpc", true, true)]
    [InlineData("application/grpc;a=b", true, true)]
    [InlineData("application/grpc+proto ; a=b", true, true)]
    [InlineData("application/grpc+thrift", true, false)]
    public void ContentType_OfAnyForm_IsKnown(string? contentType, bool isGrpc, bool isProtobuf) =>
        Assert.Equal((isGrpc, isProtobuf), (GrpcContentType.IsGrpc(contentType), GrpcContentType.IsProtobuf(contentType)));

    [Fact]
    public void New_TwoServicesWithOneMethod_IsRefused()
    {
        var options = new GrpcServerOptions { Time = TimeProvider.System };

        var problem = Assert.Throws<ArgumentException>(() => new GrpcServer(options, NullLogger.Instance, new EchoService(), new EchoService()));

        Assert.StartsWith("The method '/fairlead.testing.Echo/Unary' is there twice", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatFailed_LeavesNothingToTheNextOnItsStream()
    {
        using var channel = new GrpcChannel(server.Url, new GrpcChannelOptions { Time = TimeProvider.System });
        var options = new GrpcCallOptions { Timeout = TimeSpan.FromSeconds(30), Metadata = [new("echo-bytes-bin", "AP8"), new("echo-text", "t")] };
        for (var round = 0; round < 50; round++)
        {
            var failure = await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync(EchoService.Unary, new Note { Fail = "no", Compress = true }, Note.Parser, options, Token));
            Assert.Equal("AP8=", Assert.Single(failure.Trailers, trailer => trailer.Key == "echo-bytes-bin").Value);

            var answer = await channel.UnaryAsync(EchoService.Unary, new Note { Text = new string('x', 500) }.ToByteArray(), GrpcCallOptions.None, Token);
            Assert.Equal(["grpc-status"], answer.Trailers.Select(trailer => trailer.Key));
            Assert.DoesNotContain(answer.Headers, header => header.Key is "echo-text" or "grpc-encoding");
        }
    }

    [Fact]
    public async Task Deadline_OfTheClient_EndsTheHandler()
    {
        var time = new ManualTime();
        await using var slow = new TestServer(time);
        await slow.InitializeAsync();
        using var channel = new GrpcChannel(slow.Url, new GrpcChannelOptions { Time = new ManualTime() });
        var call = channel.UnaryAsync(EchoService.Unary, new Note { Wait = true }, Note.Parser, new GrpcCallOptions { Timeout = TimeSpan.FromSeconds(5) }, Token);
        await slow.Echo.Waiting.Task.WaitAsync(Token);

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(GrpcStatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<GrpcException>(() => call)).Status);
        Assert.Equal("deadline", await slow.Echo.Ended.Task.WaitAsync(Token));
    }

    [Fact]
    public async Task Deadline_WhileTheClientSendsNothing_IsAnswered()
    {
        var time = new ManualTime();
        await using var slow = new TestServer(time);
        await slow.InitializeAsync();
        using var channel = new GrpcChannel(slow.Url, new GrpcChannelOptions { Time = new ManualTime() });
        using var call = channel.Open(EchoService.Chat, new GrpcCallOptions { Timeout = TimeSpan.FromSeconds(5) }, Token);
        await call.WriteAsync(new Note { Text = "a" });
        Assert.NotNull(await call.ReadAsync());

        time.Advance(TimeSpan.FromSeconds(5));

        var failure = await Assert.ThrowsAsync<GrpcException>(async () => await call.ReadAsync());
        Assert.Equal((GrpcStatusCode.DeadlineExceeded, "The deadline passed before the call was answered."), (failure.Status, failure.Message));
    }

    [Fact]
    public async Task Deadline_WhileTheClientDoesNotRead_EndsTheHandler()
    {
        var time = new ManualTime();
        await using var slow = new TestServer(time);
        await slow.InitializeAsync();
        using var channel = new GrpcChannel(slow.Url, new GrpcChannelOptions { Time = new ManualTime() });
        using var call = channel.Open(EchoService.Expand, new GrpcCallOptions { Timeout = TimeSpan.FromSeconds(5) }, Token);
        await call.WriteAsync(new Note { Count = int.MaxValue, Payload = ByteString.CopyFrom(new byte[50_000]) });
        call.Complete();
        await call.ReadHeadersAsync();

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("cancelled", await slow.Echo.Ended.Task.WaitAsync(Token));
    }

    [Fact]
    public async Task Client_ThatGoesInMidStream_EndsTheHandler()
    {
        await using var left = new TestServer();
        await left.InitializeAsync();
        using var channel = new GrpcChannel(left.Url, new GrpcChannelOptions { Time = TimeProvider.System });
        using (var call = channel.Open(EchoService.Expand, GrpcCallOptions.None, Token))
        {
            await call.WriteAsync(new Note { Count = int.MaxValue });
            call.Complete();
            Assert.NotNull(await call.ReadAsync(Note.Parser));
        }

        Assert.Equal("cancelled", await left.Echo.Ended.Task.WaitAsync(Token));
    }

    [Fact]
    public async Task Client_ThatGoesWhileItSends_IsNoError()
    {
        await using var left = new TestServer();
        await left.InitializeAsync();
        using var channel = new GrpcChannel(left.Url, new GrpcChannelOptions { Time = TimeProvider.System });
        for (var round = 0; round < 100; round++)
        {
            using var call = channel.Open(round % 2 == 0 ? EchoService.Collect : EchoService.Unary, GrpcCallOptions.None, Token);
            await call.WriteAsync(new Note { Text = "a" });
        }

        Assert.Equal("b", (await channel.UnaryAsync(EchoService.Unary, new Note { Text = "b" }, Note.Parser, GrpcCallOptions.None, Token)).Text);
        await left.StopAsync(Token);
        Assert.Empty(left.Logger.Lines);
    }
}
