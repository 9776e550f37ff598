using System.Net;
using Fairlead.Transport.Clients;
using Fairlead.Transport.Loops;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>A connection to an instance, for one exchange at a time.</summary>
/// <param name="home">Where it is kept between exchanges.</param>
internal sealed class UpstreamConnection(IUpstreamSocket socket, IdleConnections home) : IDisposable
{
    /// <summary>Also the longest head of an answer.</summary>
    private const int InputSize = 32 * 1024;
    private readonly byte[] input = GC.AllocateUninitializedArray<byte>(InputSize);
    private int start;
    private int end;

    public IdleConnections Home => home;

    /// <summary>On the clock's timestamps, while it is kept.</summary>
    public long IdleSince { get; set; }

    public RequestHead Request { get; } = new();

    public AnswerHead Answer { get; } = new();

    /// <summary>What has been received and not been taken.</summary>
    public ReadOnlySpan<byte> Unread => input.AsSpan(start, end - start);

    public ReadOnlyMemory<byte> UnreadMemory => input.AsMemory(start, end - start);

    /// <summary>Something has been received since the last <see cref="Begin"/>.</summary>
    public bool HasReceived { get; private set; }

    /// <summary>Nothing has arrived while it was kept: it is open, and no answer to a question that nobody asked lies in it.</summary>
    public bool IsQuiet => end == start && socket.IsQuiet;

    /// <param name="loop">Whom the connection belongs to; null for the runtime's own sockets.</param>
    /// <exception cref="System.Net.Sockets.SocketException">Nobody listens there.</exception>
    public static async ValueTask<UpstreamConnection> ConnectAsync(EndPoint endPoint, EventLoop? loop, IdleConnections home, CancellationToken cancellationToken) =>
        new(loop is not null && endPoint is IPEndPoint address
            ? new LoopUpstreamSocket(await LoopClient.ConnectAsync(loop, address, cancellationToken).ConfigureAwait(false))
            : await PlainUpstreamSocket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false), home);

    public void Begin()
    {
        start = end = 0;
        HasReceived = false;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => socket.SendAsync(bytes);

    /// <summary>Receives more behind what has not been taken yet. False at the end of the stream.</summary>
    /// <exception cref="UpstreamException">The buffer is full: a head too long.</exception>
    public async ValueTask<bool> FillAsync()
    {
        if (start == end)
            start = end = 0;
        else if (end == input.Length)
            Compact();
        var received = await socket.ReceiveAsync(input.AsMemory(end)).ConfigureAwait(false);
        HasReceived |= received > 0;
        end += received;
        return received > 0;
    }

    public void Take(int count) => start += count;

    /// <summary>Breaks whatever waits on it.</summary>
    public void Dispose() => socket.Dispose();

    private void Compact()
    {
        if (start == 0)
            throw new UpstreamException($"sent more than {InputSize:N0} bytes as the head of an answer");
        Unread.CopyTo(input);
        (start, end) = (0, end - start);
    }
}
