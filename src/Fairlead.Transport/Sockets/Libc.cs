using System.Runtime.InteropServices;

namespace Fairlead.Transport.Sockets;

/// <summary>The system calls of an event loop, as Linux has them on 64-bit machines. Each returns -1 and an <see cref="Errno"/> when it fails.</summary>
internal static unsafe partial class Libc
{
    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;
    public const int Stream = 1;
    public const int NoSignal = 0x4000;
    public const int SocketLevel = 1;
    public const int Linger = 13;
    public const int SocketError = 4;
    public const int TcpLevel = 6;
    public const int TcpNoDelay = 1;
    public const int ShutdownBoth = 2;
    public const int Peek = 2;

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial Descriptor EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(Descriptor epoll, int operation, Descriptor descriptor, byte* registration);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(Descriptor epoll, byte* events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "sched_yield")]
    public static partial int Yield();

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial Descriptor EventFd(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(Descriptor descriptor, ulong* value, nint count);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial Descriptor Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(Descriptor socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial Descriptor Accept(Descriptor socket, byte* address, int* length, int flags);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(Descriptor socket, int level, int name, int* value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(Descriptor socket, int level, int name, int* value, int* length);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(Descriptor socket, int how);

    [LibraryImport("libc", EntryPoint = "readv", SetLastError = true)]
    public static partial nint ReadVector(Descriptor descriptor, IoVector* vectors, int count);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(Descriptor socket, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(Descriptor socket, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint SendMessage(Descriptor socket, MessageHeader* message, int flags);
}
