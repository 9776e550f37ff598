using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Files;

/// <summary>Turns "no space left on device" into a problem that a person can act on.</summary>
internal static class DiskFull
{
    /// <summary>Runs what writes a new file; removes the part that was written when it fails.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="bytes">How many it needs.</param>
    public static T Guard<T>(string path, long bytes, Func<string, T> write)
    {
        try
        {
            return write(path);
        }
        catch (Exception e)
        {
            File.Delete(path);
            if (Problem(e, path, bytes) is { } problem)
                throw problem;
            throw;
        }
    }

    /// <summary>The same for what goes on for longer; what was written stays after any other failure.</summary>
    public static async Task WatchAsync(string path, long bytes, Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception e) when (Problem(e, path, bytes) is { } problem)
        {
            File.Delete(path);
            throw problem;
        }
    }

    /// <summary>The problem to throw, or null when the failure is another one.</summary>
    public static FairleadException? Problem(Exception e, string path, long bytes) =>
        e is IOException { HResult: Posix.NoSpace or Posix.QuotaExceeded }
            ? new FairleadException(
                ProblemKind.Exhausted,
                $"The disk of '{path}' is full: {bytes} bytes were needed; free that much and try again, nothing half-written is left.",
                e)
            : null;
}
