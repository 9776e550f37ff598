using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Fairlead.Serving.Tests.Rest;

public sealed class CompressionTests
{
    private const string Infer = "/v2/models/score/infer";

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    public async Task Infer_CompressedBody_IsRead(string kind)
    {
        await using var host = await TestHost.StartServingAsync();

        using var response = await PostAsync(host, Compress(kind, Encoding.UTF8.GetBytes(TestHost.Body(1, 2))), kind.Split(' ')[^1]);

        Assert.Equal(3, TestHost.ValueOf(await TestHost.JsonAsync(response)));
        Assert.Equal([1f], host.Log.Single().FirstInput());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Infer_BodyThatIsNotWhatItSays_Is400(string kind)
    {
        await using var host = await TestHost.StartServingAsync();

        await TestHost.ErrorAsync(await PostAsync(host, Encoding.UTF8.GetBytes(TestHost.Body(1, 2)), kind), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Infer_Bomb_Is413AndCostsNoMoreThanTheLimit(string kind)
    {
        const int Limit = 1_000_000;
        await using var host = await TestHost.StartServingAsync(change: options => options with { MaxBodyBytes = Limit, BodyMemoryBytes = 8 * Limit });
        var bomb = Compress(kind, new byte[100_000], times: 2000);
        Assert.InRange(bomb.Length, 1, Limit);

        Assert.Contains("1,000,000", await TestHost.ErrorAsync(await PostAsync(host, bomb, kind), HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("gzip;q=0.2, deflate;q=0.8", "deflate")]
    [InlineData("gzip;q=0", null)]
    [InlineData("br", null)]
    [InlineData(null, null)]
    public async Task Infer_LongAnswer_IsCompressedAsTheClientLikes(string? accepted, string? expected)
    {
        await using var host = await TestHost.StartServingAsync();
        const int Rows = 2000;
        var numbers = string.Join(',', Enumerable.Range(0, Rows));
        var body = $$"""{"inputs":[{"name":"a","shape":[{{Rows}},1],"datatype":"FP32","data":[{{numbers}}]},{"name":"b","shape":[{{Rows}},1],"datatype":"FP32","data":[{{numbers}}]}]}""";

        using var response = await host.PostAsync(Infer, body, accepted is null ? [] : [("Accept-Encoding", accepted)]);

        Assert.Equal(expected, response.Content.Headers.ContentEncoding.SingleOrDefault());
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(expected is null ? bytes : Inflate(expected, bytes));
        Assert.Equal(Rows, json.RootElement.GetProperty("outputs")[0].GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Infer_ShortAnswer_IsLeftAsItIs()
    {
        await using var host = await TestHost.StartServingAsync();

        using var response = await host.InferAsync(1, 2, ("Accept-Encoding", "gzip"));

        Assert.Equal(3, TestHost.ValueOf(await TestHost.JsonAsync(response)));
    }

    private static async Task<HttpResponseMessage> PostAsync(TestHost host, byte[] body, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Infer) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentEncoding.Add(encoding);
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static byte[] Compress(string kind, byte[] bytes, int times = 1)
    {
        using var target = new MemoryStream();
        using (Stream writer = kind switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true),
            "deflate" => new ZLibStream(target, CompressionLevel.SmallestSize, leaveOpen: true),
            _ => new DeflateStream(target, CompressionLevel.SmallestSize, leaveOpen: true),
        })
        {
            for (var n = 0; n < times; n++)
                writer.Write(bytes);
        }

        return target.ToArray();
    }

    private static byte[] Inflate(string kind, byte[] bytes)
    {
        using var source = new MemoryStream(bytes);
        using Stream reader = kind == "gzip" ? new GZipStream(source, CompressionMode.Decompress) : new ZLibStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        reader.CopyTo(target);
        return target.ToArray();
    }
}
