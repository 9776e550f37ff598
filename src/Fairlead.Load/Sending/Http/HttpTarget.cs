using System.Net.Security;
using System.Net.Sockets;

namespace Fairlead.Load.Sending.Http;

/// <summary>Where connections go.</summary>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Authority">As the Host header has it.</param>
internal sealed record HttpTarget(string Host, int Port, bool IsSecure, string Authority, string PathAndQuery)
{
    public static HttpTarget Of(Uri url) => new(url.DnsSafeHost, url.Port, url.Scheme == Uri.UriSchemeHttps, url.Authority, url.PathAndQuery);

    /// <exception cref="Exception">SocketException, IOException or AuthenticationException: there is no connection.</exception>
    public async Task<(Socket Socket, Stream Stream)> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Host, Port, cancellationToken).ConfigureAwait(false);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (!IsSecure)
                return (socket, stream);
            var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = Host }, cancellationToken).ConfigureAwait(false);
            return (socket, secure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
