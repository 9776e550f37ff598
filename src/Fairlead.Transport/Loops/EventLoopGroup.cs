using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Fairlead.Transport.Loops;

/// <summary>The event loops of a server, one for each processor. Disposing ends them, and breaks the connections that they still have.</summary>
public sealed class EventLoopGroup : IDisposable
{
    private int next;

    /// <param name="count">Loops; null for one for each processor.</param>
    /// <exception cref="PlatformNotSupportedException">See <see cref="IsSupported"/>.</exception>
    public EventLoopGroup(TimeProvider time, ILoggerFactory loggers, int? count = null)
    {
        if (!IsSupported)
            throw new PlatformNotSupportedException("Event loops need Linux on a 64-bit processor of Intel's or ARM's kind.");
        var logger = loggers.CreateLogger<EventLoop>();
        Loops = [.. Enumerable.Range(0, count ?? Environment.ProcessorCount).Select(number => new EventLoop(number, time, logger))];
    }

    /// <summary>Linux, on the processors whose layouts are known.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    public IReadOnlyList<EventLoop> Loops { get; }

    /// <summary>The loop that the next connection goes to: each in turn.</summary>
    public EventLoop Next() => Loops[(int)((uint)Interlocked.Increment(ref next) % (uint)Loops.Count)];

    public void Dispose()
    {
        foreach (var loop in Loops)
            loop.End();
    }
}
