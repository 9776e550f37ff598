using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Fairlead.Serving.Tests.Rest;

public sealed class BinaryTensorTests
{
    private const string Infer = "/v2/models/score/infer";
    private const string LengthHeader = "inference-header-content-length";

    [Fact]
    public async Task Infer_BinaryTensorsAsTritonsClientSendsThem_AreAnsweredInBinary()
    {
        await using var host = await TestHost.StartServingAsync();
        const string Header = """{"inputs":[{"name":"a","shape":[1,1],"datatype":"FP32","parameters":{"binary_data_size":4}},{"name":"b","shape":[1,1],"datatype":"FP32","parameters":{"binary_data_size":4}}],"parameters":{"binary_data_output":true}}""";
        byte[] body = [.. Encoding.UTF8.GetBytes(Header), .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(2f)];

        using var response = await PostAsync(host, body, Header.Length.ToString());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
        var length = int.Parse(response.Headers.GetValues(LengthHeader).Single());
        var answer = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(answer.AsMemory(0, length));
        Assert.Equal(4, json.RootElement.GetProperty("outputs")[0].GetProperty("parameters").GetProperty("binary_data_size").GetInt32());
        Assert.Equal(3.5f, BinaryPrimitives.ReadSingleLittleEndian(answer.AsSpan(length)));
        Assert.Equal([1.5f], host.Log.Single().FirstInput());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("100000")]
    [InlineData("99999999999999999999")]
    public async Task Infer_LengthHeaderOutOfRange_Is400(string length)
    {
        await using var host = await TestHost.StartServingAsync();

        await TestHost.ErrorAsync(await PostAsync(host, Encoding.UTF8.GetBytes(TestHost.Body(1, 2)), length), HttpStatusCode.BadRequest);
    }

    private static async Task<HttpResponseMessage> PostAsync(TestHost host, byte[] body, string length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Infer) { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation(LengthHeader, length);
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
