using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Fairlead.Conformance.Rpc;

/// <summary>gRPC over HTTP/2 without TLS, framed by hand.</summary>
public sealed class RpcClient : IDisposable
{
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { EnableMultipleHttp2Connections = false, AllowAutoRedirect = false, UseProxy = false });
    private readonly Uri address;

    /// <param name="address">Host and port.</param>
    public RpcClient(string address) => this.address = new Uri($"http://{address}");

    /// <summary>A unary call with one message.</summary>
    public Task<RpcAnswer> CallAsync(string path, IMessage message, CancellationToken cancellationToken) => SendAsync(RpcRequest.Of(path, message), cancellationToken);

    /// <summary>Sends everything, then reads everything.</summary>
    /// <exception cref="HttpRequestException">The connection or the stream broke.</exception>
    public async Task<RpcAnswer> SendAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(request.Body);
        using var message = MessageOf(request, content);
        using var response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return await RpcAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a call and reads its answers one by one. The request's body is sent first.</summary>
    /// <param name="isWhole">Nothing follows the body.</param>
    public async Task<RpcStream> OpenAsync(RpcRequest request, bool isWhole, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        var content = new PipeContent(pipe.Reader);
        var message = MessageOf(request, content);
        await pipe.Writer.WriteAsync(request.Body, cancellationToken).ConfigureAwait(false);
        if (isWhole)
            await pipe.Writer.CompleteAsync().ConfigureAwait(false);
        var response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return new RpcStream(pipe.Writer, message, response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage MessageOf(RpcRequest request, HttpContent content)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(address, request.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        message.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (name, value) in request.Metadata)
            message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}
