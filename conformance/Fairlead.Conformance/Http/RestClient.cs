using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Fairlead.Conformance.Http;

/// <summary>HTTP/1.1 written by hand, one connection a request, so that nothing is on the wire that a rule did not ask for.</summary>
public sealed class RestClient(Uri baseAddress)
{
    private const int ChunkSize = 7;

    public Task<RestAnswer> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(new RestRequest { Path = path }, cancellationToken);

    public Task<RestAnswer> PostAsync(string path, string json, CancellationToken cancellationToken) =>
        SendAsync(RestRequest.Json(json) with { Method = "POST", Path = path }, cancellationToken);

    /// <exception cref="IOException">The connection broke, or what came is no HTTP.</exception>
    public async Task<RestAnswer> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        using var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(baseAddress.Host, baseAddress.Port, cancellationToken).ConfigureAwait(false);
        await using var stream = await SecureAsync(tcp.GetStream(), cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(Encode(request), cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        return await new RestAnswerReader(stream).ReadAsync(request.Method == "HEAD", cancellationToken).ConfigureAwait(false);
    }

    private async Task<Stream> SecureAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (baseAddress.Scheme != Uri.UriSchemeHttps)
            return stream;
        var secure = new SslStream(stream);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = baseAddress.Host }, cancellationToken).ConfigureAwait(false);
        return secure;
    }

    private byte[] Encode(RestRequest request)
    {
        var head = new StringBuilder();
        head.Append(request.Method).Append(' ').Append(baseAddress.AbsolutePath.TrimEnd('/')).Append(request.Path).Append(" HTTP/1.1\r\n");
        head.Append("Host: ").Append(baseAddress.Authority).Append("\r\n");
        foreach (var (name, value) in request.Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (request.IsChunked)
            head.Append("Transfer-Encoding: chunked\r\n");
        else if (request.Body is not null)
            head.Append("Content-Length: ").Append(request.Body.Length).Append("\r\n");
        head.Append("\r\n");
        var body = request.Body ?? [];
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. request.IsChunked ? Chunks(body) : body];
    }

    private static byte[] Chunks(byte[] body)
    {
        using var chunks = new MemoryStream();
        foreach (var chunk in body.Chunk(ChunkSize))
        {
            chunks.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            chunks.Write(chunk);
            chunks.Write("\r\n"u8);
        }

        chunks.Write("0\r\n\r\n"u8);
        return chunks.ToArray();
    }
}
