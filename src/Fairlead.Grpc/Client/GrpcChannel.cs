using System.Net;
using System.Net.Http.Headers;
using Fairlead.Grpc.Framing;
using Google.Protobuf;

namespace Fairlead.Grpc.Client;

/// <summary>
/// Calls the methods of one server over HTTP/2: with prior knowledge for an address with http, with TLS for https. Paths are as servers
/// know them, <c>/package.Service/Method</c>. Calls may run at the same time.
/// </summary>
public sealed class GrpcChannel : IDisposable
{
    private const string ContentType = "application/grpc";
    private readonly Uri address;
    private readonly GrpcChannelOptions options;
    private readonly HttpMessageInvoker http;

    public GrpcChannel(Uri address, GrpcChannelOptions options)
    {
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"The address '{address}' is neither http nor https.", nameof(address));
        this.address = address;
        this.options = options;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = options.SeveralConnections,
        };
        if (options.Tls is { } tls)
            handler.SslOptions = tls;
        http = new HttpMessageInvoker(handler);
    }

    /// <summary>Calls a method with one message in and one out, as bytes.</summary>
    /// <exception cref="GrpcException">The call did not end with OK.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<GrpcAnswer> UnaryAsync(string path, ReadOnlyMemory<byte> message, GrpcCallOptions call, CancellationToken cancellationToken)
    {
        using var open = Send(path, new MessageContent(message), call, cancellationToken);
        var answer = (await ReadOnlyAsync(open, path).ConfigureAwait(false)).ToArray();
        await EndAsync(open, path).ConfigureAwait(false);
        return new GrpcAnswer(answer, await open.ReadHeadersAsync().ConfigureAwait(false), open.Trailers);
    }

    /// <summary>Calls a method with one message in and one out.</summary>
    /// <exception cref="GrpcException">The call did not end with OK.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<TResponse> UnaryAsync<TResponse>(string path, IMessage request, MessageParser<TResponse> parser, GrpcCallOptions call, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>
    {
        using var open = Send(path, new MessageContent(request.ToByteArray()), call, cancellationToken);
        var answer = GrpcClientCall.Parse(path, await ReadOnlyAsync(open, path).ConfigureAwait(false), parser);
        await EndAsync(open, path).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Begins a call of any kind; the caller writes, completes, reads, and disposes it.</summary>
    public GrpcClientCall Open(string path, GrpcCallOptions call, CancellationToken cancellationToken)
    {
        var content = new StreamingContent();
        return Send(path, content, call, cancellationToken, content);
    }

    public void Dispose() => http.Dispose();

    private static async Task<ReadOnlyMemory<byte>> ReadOnlyAsync(GrpcClientCall open, string path) =>
        await open.ReadAsync().ConfigureAwait(false) ?? throw new GrpcException(GrpcStatusCode.Internal, $"The server ended the call of '{path}' with OK, but without an answer.");

    private static async Task EndAsync(GrpcClientCall open, string path)
    {
        if (await open.ReadAsync().ConfigureAwait(false) is not null)
            throw new GrpcException(GrpcStatusCode.Internal, $"The server sent more than one answer to the unary call of '{path}'.");
    }

    private GrpcClientCall Send(string path, HttpContent content, GrpcCallOptions call, CancellationToken cancellationToken, StreamingContent? stream = null)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("grpc-accept-encoding", GrpcEncodings.Accepted);
        if (call.Timeout is { } timeout)
            request.Headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeout.Format(timeout));
        foreach (var (name, value) in call.Metadata)
            request.Headers.TryAddWithoutValidation(name, value);
        return new GrpcClientCall(path, http, request, stream, call.Timeout, options, cancellationToken);
    }
}
