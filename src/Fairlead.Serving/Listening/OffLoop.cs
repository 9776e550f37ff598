using System.Runtime.CompilerServices;
using Fairlead.Transport.Loops;

namespace Fairlead.Serving.Listening;

/// <summary>Keeps what takes long off the event loops, where it would delay everybody else.</summary>
internal static class OffLoop
{
    /// <summary>Bodies that are read, copied or written on a loop are no longer.</summary>
    public const int MostBytes = 64 * 1024;

    public static bool IsTooLong(long bytes) => bytes > MostBytes && EventLoop.Current is not null;

    /// <summary>Awaited on an event loop, goes on on the thread pool; elsewhere it changes nothing.</summary>
    public static ConfiguredTaskAwaitable Leave() =>
        Task.CompletedTask.ConfigureAwait(EventLoop.Current is null ? ConfigureAwaitOptions.None : ConfigureAwaitOptions.ForceYielding);
}
