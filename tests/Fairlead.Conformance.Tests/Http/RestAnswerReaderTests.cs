using System.Text;

namespace Fairlead.Conformance.Tests.Http;

public sealed class RestAnswerReaderTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello")]
    [InlineData("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", 404, "")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nhel\r\n2\r\nlo\r\n0\r\nT: 1\r\n\r\n", 200, "hello")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nto the end", 200, "to the end")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, "")]
    public async Task Read_Answer_HasStatusAndBody(string wire, int status, string body)
    {
        var answer = await ReadAsync(wire);

        Assert.Equal(status, answer.Status);
        Assert.Equal(body, Encoding.UTF8.GetString(answer.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("SSH-2.0\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno header\r\n\r\n")]
    public async Task Read_NoHttp_IsAnIoError(string wire) => await Assert.ThrowsAsync<IOException>(() => ReadAsync(wire));

    private static Task<RestAnswer> ReadAsync(string wire) =>
        new RestAnswerReader(new MemoryStream(Encoding.Latin1.GetBytes(wire))).ReadAsync(isHead: false, TestContext.Current.CancellationToken);
}
