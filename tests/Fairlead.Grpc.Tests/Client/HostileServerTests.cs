using System.Net;
using System.Net.Sockets;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Tests.Peers;

namespace Fairlead.Grpc.Tests.Client;

/// <summary>Answers that are not gRPC's, or broken ones: each a status, and none taken for OK.</summary>
public sealed class HostileServerTests(TestServer server) : IClassFixture<TestServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("page", GrpcStatusCode.Unknown)]
    [InlineData("no-status", GrpcStatusCode.Internal)]
    [InlineData("odd-status", GrpcStatusCode.Unknown)]
    [InlineData("no-message", GrpcStatusCode.Internal)]
    [InlineData("two-messages", GrpcStatusCode.Internal)]
    [InlineData("short-prefix", GrpcStatusCode.Internal)]
    [InlineData("short-message", GrpcStatusCode.Internal)]
    [InlineData("huge-message", GrpcStatusCode.ResourceExhausted)]
    [InlineData("bad-flag", GrpcStatusCode.Internal)]
    [InlineData("no-encoding", GrpcStatusCode.Internal)]
    [InlineData("odd-encoding", GrpcStatusCode.Internal)]
    [InlineData("not-gzip", GrpcStatusCode.Internal)]
    [InlineData("not-a-message", GrpcStatusCode.Internal)]
    [InlineData("400", GrpcStatusCode.Internal)]
    [InlineData("401", GrpcStatusCode.Unauthenticated)]
    [InlineData("403", GrpcStatusCode.PermissionDenied)]
    [InlineData("404", GrpcStatusCode.Unimplemented)]
    [InlineData("429", GrpcStatusCode.Unavailable)]
    [InlineData("503", GrpcStatusCode.Unavailable)]
    [InlineData("500", GrpcStatusCode.Unknown)]
    [InlineData("reset-2", GrpcStatusCode.Internal)]
    [InlineData("reset-8", GrpcStatusCode.Cancelled)]
    [InlineData("reset-11", GrpcStatusCode.ResourceExhausted)]
    public async Task Unary_AnsweredBadly_HasAStatus(string answer, GrpcStatusCode expected)
    {
        using var channel = new GrpcChannel(server.Url, new GrpcChannelOptions { Time = TimeProvider.System });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync(RawAnswers.Root + answer, new Note(), Note.Parser, GrpcCallOptions.None, Token));

        Assert.Equal(expected, failure.Status);
    }

    [Fact]
    public async Task Unary_NobodyListens_IsUnavailable()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var channel = new GrpcChannel(new Uri($"http://{socket.LocalEndPoint}"), new GrpcChannelOptions { Time = TimeProvider.System });

        var failure = await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync(EchoService.Unary, default, GrpcCallOptions.None, Token));
        Assert.Equal(GrpcStatusCode.Unavailable, failure.Status);

        using var call = channel.Open(EchoService.Chat, GrpcCallOptions.None, Token);
        Assert.Equal(GrpcStatusCode.Unavailable, (await Assert.ThrowsAsync<GrpcException>(() => call.WriteAsync(new Note()))).Status);
        Assert.Equal(GrpcStatusCode.Unavailable, (await Assert.ThrowsAsync<GrpcException>(async () => await call.ReadAsync())).Status);
    }

    [Fact]
    public async Task Chat_AnsweredBeforeTheFirstMessage_HasHeaders()
    {
        using var channel = new GrpcChannel(server.Url, new GrpcChannelOptions { Time = TimeProvider.System });
        using var call = channel.Open(EchoService.Chat, GrpcCallOptions.None, Token);

        Assert.NotEmpty(await call.ReadHeadersAsync());
        call.Complete();
        Assert.Null(await call.ReadAsync());
    }

    [Fact]
    public void New_AddressThatIsNotHttp_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new GrpcChannel(new Uri("ftp://127.0.0.1"), new GrpcChannelOptions { Time = TimeProvider.System }));
}
