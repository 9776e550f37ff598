using System.Net;
using System.Net.Sockets;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>A connection to an instance, for one exchange at a time.</summary>
internal sealed class UpstreamConnection : IDisposable
{
    /// <summary>Also the longest head of an answer.</summary>
    private const int InputSize = 32 * 1024;
    private readonly Socket socket;
    private readonly byte[] input = GC.AllocateUninitializedArray<byte>(InputSize);
    private int start;
    private int end;

    private UpstreamConnection(Socket socket) => this.socket = socket;

    /// <summary>On the clock's timestamps, while it is kept.</summary>
    public long IdleSince { get; set; }

    public RequestHead Request { get; } = new();

    public AnswerHead Answer { get; } = new();

    /// <summary>What has been received and not been taken.</summary>
    public ReadOnlySpan<byte> Unread => input.AsSpan(start, end - start);

    public ReadOnlyMemory<byte> UnreadMemory => input.AsMemory(start, end - start);

    /// <summary>Something has been received since the last <see cref="Begin"/>.</summary>
    public bool HasReceived { get; private set; }

    public static async ValueTask<UpstreamConnection> ConnectAsync(EndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new UpstreamConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Nothing has arrived while it was kept: it is open, and no answer to a question that nobody asked lies in it.</summary>
    public bool IsQuiet()
    {
        try
        {
            return end == start && !socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Begin()
    {
        start = end = 0;
        HasReceived = false;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, CancellationToken.None).ConfigureAwait(false)..];
    }

    /// <summary>Receives more behind what has not been taken yet. False at the end of the stream.</summary>
    /// <exception cref="UpstreamException">The buffer is full: a head too long.</exception>
    public async ValueTask<bool> FillAsync()
    {
        if (start == end)
            start = end = 0;
        else if (end == input.Length)
            Compact();
        var received = await socket.ReceiveAsync(input.AsMemory(end), SocketFlags.None, CancellationToken.None).ConfigureAwait(false);
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
