using System.Text;

namespace Fairlead.Steps.Workspace;

/// <summary>
/// What many paths looked like at one moment, so that one look at each tells whether anything changed since. As in git's index, what was written
/// just before that moment, or bears a later time, is never taken for unchanged: it may have been written again within the same tick.
/// </summary>
internal sealed class WatchedPaths
{
    /// <summary>The coarsest clock of common file systems (FAT).</summary>
    private static readonly long RacyNanoseconds = 2 * TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;

    private readonly byte[][] paths;
    private readonly StatStamp[] stamps;
    private readonly StatStamp[] targets;

    private WatchedPaths(byte[][] paths, StatStamp[] stamps, StatStamp[] targets, bool isRacy)
    {
        (this.paths, this.stamps, this.targets) = (paths, stamps, targets);
        IsRacy = isRacy;
    }

    /// <summary>Whether something looks as if it could be written unseen: then nothing is ever unchanged.</summary>
    public bool IsRacy { get; }

    /// <param name="paths">Absolute.</param>
    /// <param name="beganAt">When the work began whose result is valid as long as nothing changes.</param>
    public static WatchedPaths Take(IReadOnlyList<string> paths, DateTimeOffset beganAt)
    {
        var encoded = new byte[paths.Count][];
        var stamps = new StatStamp[paths.Count];
        var targets = new StatStamp[paths.Count];
        Parallel.For(0, paths.Count, index =>
        {
            var path = encoded[index] = Encoding.UTF8.GetBytes(paths[index] + '\0');
            stamps[index] = StatCalls.Of(path, follow: false);
            targets[index] = stamps[index].IsLink ? StatCalls.Of(path, follow: true) : default;
        });
        var began = (beganAt - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var isRacy = stamps.Concat(targets).Any(stamp => stamp.LatestAt >= began - RacyNanoseconds);
        return new WatchedPaths(encoded, stamps, targets, isRacy);
    }

    public StatStamp this[int index] => stamps[index];

    /// <summary>Whether every path looks as it did. Reads metadata only.</summary>
    public bool AreUnchanged()
    {
        if (IsRacy)
            return false;
        return Parallel.For(0, paths.Length, (index, loop) =>
        {
            if (loop.ShouldExitCurrentIteration)
                return;
            var now = StatCalls.Of(paths[index], follow: false);
            if (now != stamps[index] || (now.IsLink && StatCalls.Of(paths[index], follow: true) != targets[index]))
                loop.Stop();
        }).IsCompleted;
    }
}
