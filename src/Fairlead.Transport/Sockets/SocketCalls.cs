using System.Net;
using System.Net.Sockets;

namespace Fairlead.Transport.Sockets;

/// <summary>System calls on sockets with their failures as numbers: bytes or zero when it went well, minus the <see cref="Errno"/> when not.</summary>
internal static unsafe class SocketCalls
{
    /// <summary>Receives into the first buffer, and what does not fit there into the second.</summary>
    public static int Receive(Descriptor socket, Span<byte> first, Span<byte> second)
    {
        fixed (byte* firstStart = first, secondStart = second)
        {
            var vectors = stackalloc IoVector[2];
            vectors[0] = new IoVector { Start = firstStart, Length = first.Length };
            vectors[1] = new IoVector { Start = secondStart, Length = second.Length };
            nint received;
            do
                received = Libc.ReadVector(socket, vectors, 2);
            while (received < 0 && Errno.Last == Errno.Interrupted);
            return received < 0 ? -Errno.Last : (int)received;
        }
    }

    public static int Receive(Descriptor socket, Span<byte> buffer, int flags = 0)
    {
        fixed (byte* start = buffer)
        {
            nint received;
            do
                received = Libc.Receive(socket, start, buffer.Length, flags);
            while (received < 0 && Errno.Last == Errno.Interrupted);
            return received < 0 ? -Errno.Last : (int)received;
        }
    }

    public static int Send(Descriptor socket, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint sent;
            do
                sent = Libc.Send(socket, start, bytes.Length, Libc.NoSignal);
            while (sent < 0 && Errno.Last == Errno.Interrupted);
            return sent < 0 ? -Errno.Last : (int)sent;
        }
    }

    public static int Send(Descriptor socket, ReadOnlySpan<IoVector> vectors)
    {
        fixed (IoVector* start = vectors)
        {
            var message = new MessageHeader { Vectors = start, VectorCount = vectors.Length };
            nint sent;
            do
                sent = Libc.SendMessage(socket, &message, Libc.NoSignal);
            while (sent < 0 && Errno.Last == Errno.Interrupted);
            return sent < 0 ? -Errno.Last : (int)sent;
        }
    }

    /// <summary>The next close resets the connection instead of ending it in order.</summary>
    public static void ResetOnClose(Descriptor socket)
    {
        var linger = stackalloc int[2] { 1, 0 };
        _ = Libc.SetOption(socket, Libc.SocketLevel, Libc.Linger, linger, 2 * sizeof(int));
    }

    /// <summary>A socket of its own that sends at once what it is given.</summary>
    /// <exception cref="SocketException">No descriptor is left.</exception>
    public static Descriptor Create(AddressFamily family)
    {
        const int Internet = 2, Internet6 = 10;
        var socket = Libc.Socket(family == AddressFamily.InterNetworkV6 ? Internet6 : Internet, Libc.Stream | Libc.NonBlocking | Libc.CloseOnExec, 0);
        if (socket.IsInvalid)
            throw Errno.ToException(Errno.Last);
        var on = 1;
        _ = Libc.SetOption(socket, Libc.TcpLevel, Libc.TcpNoDelay, &on, sizeof(int));
        return socket;
    }

    /// <summary>Zero when it is connected at once, minus <see cref="Errno.InProgress"/> when that takes a while.</summary>
    public static int Connect(Descriptor socket, IPEndPoint endPoint)
    {
        var address = endPoint.Serialize();
        fixed (byte* start = address.Buffer.Span)
            return Libc.Connect(socket, start, address.Size) == 0 ? 0 : -Errno.Last;
    }

    /// <summary>The error that the socket holds: how a connection attempt ended.</summary>
    public static int TakeError(Descriptor socket)
    {
        int error = 0, length = sizeof(int);
        return Libc.GetOption(socket, Libc.SocketLevel, Libc.SocketError, &error, &length) == 0 ? error : Errno.Last;
    }
}
