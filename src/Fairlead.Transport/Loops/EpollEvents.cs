using System.Runtime.InteropServices;

namespace Fairlead.Transport.Loops;

/// <summary>What the kernel tells of descriptors, and how it lays that out in memory.</summary>
internal static class EpollEvents
{
    public const uint Readable = 0x1;
    public const uint Writable = 0x4;
    public const uint Error = 0x8;
    public const uint Hangup = 0x10;
    public const uint PeerClosed = 0x2000;
    public const uint Ended = Error | Hangup | PeerClosed;

    /// <summary>Events are told when they begin, not as long as they last.</summary>
    public const uint OnceEach = 0x80000000;
    public const int Add = 1;
    public const int Remove = 2;

    // The kernel packs the structure on x86-64 alone.
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static int Size { get; } = IsPacked ? 12 : 16;

    public static int TokenAt { get; } = IsPacked ? 4 : 8;
}
