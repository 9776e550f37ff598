using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Fairlead.Notices.Channels.Lines;

/// <summary>A connection over which both sides send lines, in the clear or by TLS.</summary>
internal sealed class LineConnection : IAsyncDisposable
{
    /// <summary>Tags of a message and the message.</summary>
    private const int LongestLine = 16 << 10;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);
    private readonly Socket socket;
    private readonly string host;
    private readonly X509ChainPolicy? trust;
    private readonly byte[] buffer = new byte[LongestLine];
    private Stream stream;
    private int begin;
    private int end;

    private LineConnection(Socket socket, string host, X509ChainPolicy? trust)
    {
        (this.socket, this.host, this.trust) = (socket, host, trust);
        stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <param name="trust">Whose certificates are taken; null for those that the system trusts.</param>
    /// <exception cref="SocketException">It cannot be reached.</exception>
    public static async Task<LineConnection> OpenAsync(string host, int port, bool isTls, X509ChainPolicy? trust, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            var connection = new LineConnection(socket, host, trust);
            if (isTls)
                await connection.ProtectAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Goes on by TLS, once the server has proved who it is.</summary>
    /// <exception cref="IOException">The server said more than it may before: somebody may have put that in.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The server is not who it should be.</exception>
    public async Task ProtectAsync(CancellationToken cancellationToken)
    {
        if (begin < end)
            throw new IOException($"'{host}' said more before the connection was protected than it may.");
        var secure = new SslStream(stream);
        stream = secure;
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = trust?.Clone() }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next line without its end; null when the server has closed.</summary>
    /// <exception cref="IOException">The connection broke, or a line is longer than any may be.</exception>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var feed = buffer.AsSpan(begin, end - begin).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var line = Utf8.GetString(buffer, begin, feed).TrimEnd('\r');
                begin += feed + 1;
                return line;
            }

            if (begin > 0)
            {
                buffer.AsSpan(begin, end - begin).CopyTo(buffer);
                (begin, end) = (0, end - begin);
            }

            if (end == buffer.Length)
                throw new IOException($"'{host}' sent a line of more than {LongestLine} bytes.");
            var count = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
            if (count == 0)
                return null;
            end += count;
        }
    }

    /// <summary>Sends a line.</summary>
    /// <exception cref="ArgumentException">It would be more than one.</exception>
    public async Task WriteAsync(string line, CancellationToken cancellationToken)
    {
        // Whoever calls has cleaned it; if not, nobody else's words become a command.
        if (line.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            throw new ArgumentException("A line holds the end of one.", nameof(line));
        await stream.WriteAsync(Utf8.GetBytes(line + "\r\n"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        socket.Dispose();
    }
}
