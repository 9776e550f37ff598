using System.Net;
using System.Net.Http.Headers;
using Fairlead.Grpc.Tests.Peers;

namespace Fairlead.Grpc.Tests.Server;

/// <summary>Sends bytes of a test's choice as the body of a call, over HTTP/2, and reads the status wherever it stands.</summary>
internal sealed class RawCall(TestServer server) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    public async Task<RawAnswer> SendAsync(string path, byte[] body, params IEnumerable<KeyValuePair<string, string>> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var isTrailersOnly = response.Headers.Contains("grpc-status");
        HttpHeaders end = isTrailersOnly ? response.Headers : response.TrailingHeaders;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new RawAnswer(
            GrpcStatusNames.Parse(Assert.Single(end.GetValues("grpc-status"))),
            end.TryGetValues("grpc-message", out var message) ? message.Single() : "",
            isTrailersOnly,
            bytes,
            response.Headers.TryGetValues("grpc-accept-encoding", out var accepted) ? accepted.Single() : null);
    }

    public void Dispose() => http.Dispose();
}
