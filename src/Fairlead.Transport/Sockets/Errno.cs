using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Fairlead.Transport.Sockets;

/// <summary>Linux's error numbers, and what they are to callers.</summary>
internal static class Errno
{
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int OutOfMemory = 12;
    public const int TooManyFilesInSystem = 23;
    public const int TooManyFiles = 24;
    public const int BrokenPipe = 32;
    public const int NoBuffers = 105;
    public const int ConnectionReset = 104;
    public const int InProgress = 115;

    public static int Last => Marshal.GetLastPInvokeError();

    public static SocketException ToException(int errno) => new((int)ToError(errno), Marshal.GetPInvokeErrorMessage(errno));

    /// <summary>As the server expects it of a transport: a peer that has gone is told from everything else.</summary>
    public static Exception ToConnectionException(int errno)
    {
        var cause = ToException(errno);
        return errno is ConnectionReset or BrokenPipe ? new ConnectionResetException(cause.Message, cause) : cause;
    }

    private static SocketError ToError(int errno) => errno switch
    {
        TooManyFiles or TooManyFilesInSystem => SocketError.TooManyOpenSockets,
        BrokenPipe => SocketError.Shutdown,
        99 => SocketError.AddressNotAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        103 => SocketError.ConnectionAborted,
        ConnectionReset => SocketError.ConnectionReset,
        NoBuffers => SocketError.NoBufferSpaceAvailable,
        110 => SocketError.TimedOut,
        111 => SocketError.ConnectionRefused,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };
}
