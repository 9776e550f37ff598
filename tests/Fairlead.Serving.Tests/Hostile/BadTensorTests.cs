using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Serving.Tests.Hostile.Http2;
using Fairlead.Serving.Tests.Rpc;
using Google.Protobuf;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Bodies that are valid to look at and mean something impossible.</summary>
public sealed class BadTensorTests(HostileHost hostile) : IClassFixture<HostileHost>
{
    private const string B = """{"name":"b","shape":[1,1],"datatype":"FP32","data":[1]}""";

    public static TheoryData<string> Impossible => new(
        A("2147483648,2147483648", "1"), A("4294967296,4294967296", "1"), A("9223372036854775807,9223372036854775807", "1"), A("9223372036854775808", "1"), A("-1,1", "1"), A("1,-1", "1"), A("-9223372036854775808,1", "1"),
        A("1e3,1", "1"), A("1.5,1", "1"), A("\"1\",1", "1"), A("null,1", "1"), A("1,1,1,1,1,1,1,1,1,1", "1"), A("1000000000,1", "1"), A("0,1", "1"), A("1,1", ""), A("1,1", "1,2"), A("3,1", "1,2"), A("1,1", "[1,2]"), A("1,1", "[[1]],2"),
        A("1,1", "NaN"), A("1,1", "Infinity"), A("1,1", "-Infinity"), A("1,1", "\"NaN\""), A("1,1", "1e400"), A("1,1", "1e39"), A("1,1", "0x1"), A("1,1", "01"), A("1,1", "+1"), A("1,1", ".5"), A("1,1", "true"), A("1,1", "{}"), A("1,1", "null"),
        A("1,1", new string('[', 100_000)), A("1,1", new string('[', 20_000) + new string(']', 20_000)), $$"""{"x":{{new string('[', 50_000)}}""", $$"""{"parameters":{{string.Concat(Enumerable.Repeat("{\"a\":", 50_000))}}""", new string('{', 100_000),
        $$"""{"inputs":[{{string.Join(',', Enumerable.Repeat(B, 5_000))}}]}""", $$"""{"id":"{{new string('x', 100_000)}}","inputs":[{{B}}]}""", "", "null", "[]", "\"\"", "1", "{}", "{\"inputs\":{}}", "{\"inputs\":null}", "\uFEFF{}");

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public async Task Infer_ImpossibleTensors_Is400ThatSaysWhy(string body)
    {
        var response = await hostile.Host.PostAsync(HttpSeeds.Infer, body);

        Assert.NotEmpty(await TestHost.ErrorAsync(response, HttpStatusCode.BadRequest));
        await hostile.AssertServesAsync();
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-9223372036854775808")]
    [InlineData("100000")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999999")]
    [InlineData("0x10")]
    [InlineData("1e2")]
    [InlineData("")]
    [InlineData("12,12")]
    public async Task Infer_HeaderLengthOutOfRange_Is400(string length)
    {
        await TestHost.ErrorAsync(await hostile.Host.PostAsync(HttpSeeds.Infer, TestHost.Body(1, 2), ("Inference-Header-Content-Length", length)), HttpStatusCode.BadRequest);

        await hostile.AssertServesAsync();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Infer_BodyThatUnfoldsBeyondTheLimit_Is413AndTakesNoMemory(string coding)
    {
        var bomb = Compress(coding, 200 << 20);
        for (var n = 0; n < 10; n++)
        {
            using var content = new ByteArrayContent(bomb);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            content.Headers.ContentEncoding.Add(coding);
            await TestHost.ErrorAsync(await hostile.Host.Client.PostAsync(HttpSeeds.Infer, content, TestContext.Current.CancellationToken), HttpStatusCode.RequestEntityTooLarge);
        }

        await hostile.AssertServesAsync();
        hostile.AssertMemoryBounded();
    }

    [Fact]
    public async Task Infer_TraceThatCannotBeAnswered_IsAnsweredWithoutIt()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        foreach (var header in new[] { Trace + "-Ã©\r\n", Trace + "\r\ntraceparent: Ã©\r\n", Trace + "\r\n" })
        {
            using var wire = await Wire.OpenAsync(hostile.Port);
            var body = TestHost.Body(1, 2);
            await wire.TrySendAsync(Encoding.Latin1.GetBytes($"POST {HttpSeeds.Infer} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {body.Length}\r\ntraceparent: {header}\r\n{body}"));

            Assert.StartsWith("HTTP/1.1 200", Encoding.Latin1.GetString(await wire.ReadToEndAsync()), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("gzip", "")]
    [InlineData("deflate", "")]
    [InlineData("deflate", "787DAB56CACC2B28")]
    [InlineData("deflate", "789C")]
    [InlineData("gzip", "1F8B08")]
    [InlineData("gzip", "1F8B0800000000000003FFFFFFFF")]
    public async Task Infer_BodyThatDoesNotUnfold_Is400(string coding, string bytes)
    {
        using var content = new ByteArrayContent(Convert.FromHexString(bytes));
        content.Headers.ContentEncoding.Add(coding);

        await TestHost.ErrorAsync(await hostile.Host.Client.PostAsync(HttpSeeds.Infer, content, TestContext.Current.CancellationToken), HttpStatusCode.BadRequest);

        await hostile.AssertServesAsync();
    }

    [Fact]
    public async Task ModelInfer_MessageThatAsksForADictionary_IsInvalidArgument()
    {
        var call = new CallCase(CallSeeds.All[0].Path, [.. CallSeeds.Plain, ("grpc-encoding", "deflate")], CallCase.Prefixed(Convert.FromHexString("787DAB56CACC2B28"), flag: 1));

        using var wire = await Http2Wire.OpenAsync(hostile.Port);
        await wire.TrySendAsync((byte[])[.. Frames.Opening, .. call.ToFrames(1)]);
        await wire.ReadUntilAsync(all => all.Of(1).IsOver);

        Assert.Equal((int)GrpcStatusCode.InvalidArgument, wire.Of(1).GrpcStatus);
    }

    [Fact]
    public async Task ModelInfer_MessageThatUnfoldsBeyondTheLimit_IsResourceExhausted()
    {
        var call = CallSeeds.All.First(call => call.Headers.Contains(("grpc-encoding", "gzip")));
        var bomb = call with { Body = CallCase.Prefixed(Compress("gzip", 3 << 20), flag: 1) };

        using var wire = await Http2Wire.OpenAsync(hostile.Port);
        await wire.TrySendAsync((byte[])[.. Frames.Opening, .. bomb.ToFrames(1)]);
        await wire.ReadUntilAsync(all => all.Of(1).IsOver);

        Assert.Equal((int)GrpcStatusCode.ResourceExhausted, wire.Of(1).GrpcStatus);
        await hostile.AssertServesAsync();
    }

    [Theory]
    [InlineData(2147483648, 2147483648)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    [InlineData(long.MinValue, 1)]
    [InlineData(1L << 32, 1L << 32)]
    [InlineData(3, 1)]
    public async Task ModelInfer_ImpossibleShape_IsInvalidArgument(long first, long second)
    {
        using var channel = hostile.Host.Channel();
        var request = InferCall.Request(1, 2);
        request.Inputs[0].Shape.Clear();
        request.Inputs[0].Shape.AddRange([first, second]);
        var options = new GrpcCallOptions { Metadata = [new("fairlead-environment", "prod")] };

        var failure = await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync(InferCall.Infer, request, ModelInferResponse.Parser, options, TestContext.Current.CancellationToken));

        Assert.Equal(GrpcStatusCode.InvalidArgument, failure.Status);
        await hostile.AssertServesAsync();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public async Task ModelInfer_ValueThatJsonCannotSay_ComesBackOverGrpc(float value)
    {
        using var channel = hostile.Host.Channel();

        var sum = await InferCall.ValueAsync(channel, InferCall.Request(value, 1), new KeyValuePair<string, string>("fairlead-environment", "prod"));

        Assert.Equal(value, sum);
    }

    private static string A(string shape, string data) => $$"""{"inputs":[{"name":"a","shape":[{{shape}}],"datatype":"FP32","data":[{{data}}]},{{B}}]}""";

    private static byte[] Compress(string coding, int zeros)
    {
        using var target = new MemoryStream();
        using (Stream writer = coding == "gzip" ? new GZipStream(target, CompressionLevel.Optimal) : new ZLibStream(target, CompressionLevel.Optimal))
        {
            var part = new byte[1 << 20];
            for (var left = zeros; left > 0; left -= part.Length)
                writer.Write(part);
        }

        return target.ToArray();
    }
}
