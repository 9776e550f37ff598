using Fairlead.Grpc.Tests.Peers;

namespace Fairlead.Grpc.Tests.Server;

/// <summary>Bodies that are not what gRPC says they are: each answered with a status that blames the client, in a sentence.</summary>
public sealed class HostileFrameTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("", "The stream holds no message where the method takes one.")]
    [InlineData("00", "The stream ends after 1 bytes of a message's prefix, which has 5.")]
    [InlineData("00000000", "The stream ends after 4 bytes of a message's prefix, which has 5.")]
    [InlineData("0000000005", "The stream ends after 0 bytes of a message of 5.")]
    [InlineData("00000000050A03", "The stream ends after 2 bytes of a message of 5.")]
    [InlineData("0200000000", "A message begins with the byte 2 where 0 (plain) or 1 (compressed) must stand.")]
    [InlineData("FFFFFFFFFF", "A message begins with the byte 255 where 0 (plain) or 1 (compressed) must stand.")]
    [InlineData("0100000000", "A message is marked as compressed, but no 'grpc-encoding' says how; name the encoding, or send the message plain.")]
    [InlineData("00000000000000000000", "The stream goes on after its first message where the method takes one.")]
    [InlineData("000000000000", "The stream goes on after its first message where the method takes one.")]
    public async Task Unary_BrokenFrames_IsInvalidArgument(string body, string message)
    {
        using var raw = new RawCall(server);

        var answer = await raw.SendAsync(EchoService.Unary, Convert.FromHexString(body));

        Assert.Equal((GrpcStatusCode.InvalidArgument, message, true), (answer.Status, answer.Message, answer.IsTrailersOnly));
    }

    [Theory]
    [InlineData("00000186A1", 100_001L)]
    [InlineData("007FFFFFFF", 2_147_483_647L)]
    [InlineData("00FFFFFFFF", 4_294_967_295L)]
    public async Task Unary_LengthOverTheLimit_IsExhaustedBeforeTheBytesCome(string body, long length)
    {
        using var raw = new RawCall(server);

        var answer = await raw.SendAsync(EchoService.Unary, Convert.FromHexString(body));

        Assert.Equal((GrpcStatusCode.ResourceExhausted, $"A message of {length} bytes is longer than the limit of 100000; send less at once, or raise the receiver's limit."), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task Stream_BrokenAfterGoodMessages_AnswersThoseFirst()
    {
        using var raw = new RawCall(server);

        var answer = await raw.SendAsync(EchoService.Chat, Convert.FromHexString("0000000000" + "00000000020A00" + "000000"));

        Assert.Equal(GrpcStatusCode.InvalidArgument, answer.Status);
        Assert.Equal(10, answer.Body.Length);
        Assert.False(answer.IsTrailersOnly);
    }

    [Fact]
    public async Task Unary_UnknownEncoding_IsUnimplementedAndTheKnownAreNamed()
    {
        using var raw = new RawCall(server);

        var answer = await raw.SendAsync(EchoService.Unary, Convert.FromHexString("0100000000"), [new("grpc-encoding", "br")]);

        Assert.Equal((GrpcStatusCode.Unimplemented, "identity,gzip,deflate"), (answer.Status, answer.AcceptedEncodings));
    }

    [Theory]
    [InlineData("gzip", "0100000000")]
    [InlineData("gzip", "0100000003010203")]
    [InlineData("deflate", "0100000003010203")]
    [InlineData("identity", "0100000003010203")]
    public async Task Unary_BadlyCompressed_IsInvalidArgument(string encoding, string body)
    {
        using var raw = new RawCall(server);

        Assert.Equal(GrpcStatusCode.InvalidArgument, (await raw.SendAsync(EchoService.Unary, Convert.FromHexString(body), [new("grpc-encoding", encoding)])).Status);
    }

    [Theory]
    [InlineData("grpc-timeout", "soon")]
    [InlineData("echo-bytes-bin", "***")]
    public async Task Unary_BadMetadata_IsInvalidArgument(string name, string value)
    {
        using var raw = new RawCall(server);

        var answer = await raw.SendAsync(EchoService.Unary, new byte[5], [new(name, value)]);

        Assert.Equal(GrpcStatusCode.InvalidArgument, answer.Status);
        Assert.Contains(name == "grpc-timeout" ? "'soon'" : $"'{name}'", answer.Message, StringComparison.Ordinal);
    }
}
