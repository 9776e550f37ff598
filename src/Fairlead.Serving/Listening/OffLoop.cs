using System.Runtime.CompilerServices;
using Fairlead.Transport.Loops;

namespace Fairlead.Serving.Listening;

/// <summary>
/// Keeps what takes long off the threads that read connections, where it would delay others: off the event loops, and off whichever thread reads a connection of HTTP/2, on which its streams begin. That is most
/// often a loop as well, but not at a connection's start, and not where another thread made the server look again.
/// </summary>
internal static class OffLoop
{
    /// <summary>Bodies that are read, copied or written on such a thread are no longer.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>True when others may wait for this thread.</summary>
    /// <param name="sharesConnection">The request came by a connection that has other requests.</param>
    public static bool IsShared(bool sharesConnection) => sharesConnection || EventLoop.Current is not null;

    public static bool IsTooLong(long bytes, bool sharesConnection) => bytes > MostBytes && IsShared(sharesConnection);

    /// <summary>Awaited, goes on on the thread pool, where nobody waits for it.</summary>
    public static ConfiguredTaskAwaitable Leave() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
