namespace Fairlead.Steps.Execution.Limits;

/// <summary>All limits of one execution but its time.</summary>
internal sealed class StepLimits(LimitGroup? group, DiskWatch? disk) : IDisposable
{
    private const int BlockSize = 512;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // The first process of the step enters the groups by itself, so that nothing of it was ever outside.
    private const string Script =
        """
        [ "$1" = 0 ] || ulimit -f "$1" || exit 125
        shift
        while [ "$1" != -- ]; do echo 0 >"$1/cgroup.procs" || exit 125; shift; done
        shift
        exec "$@"
        """;

    private LimitBreach? seen;

    /// <summary>How they are enforced; null when there are none.</summary>
    public string? Mode => (group?.Mode, disk) switch
    {
        (null, null) => null,
        (null or "watching", _) => "watching",
        ({ } mode, null) => mode,
        ({ } mode, _) => $"{mode}, disk by watching",
    };

    public ProcessStart Apply(ProcessStart start)
    {
        // A file cannot even seem larger than all the disk that the step may use.
        var blocks = disk is null ? 0 : Math.Max(1, disk.Limit / BlockSize);
        IReadOnlyList<string> entrances = group?.Entrances ?? [];
        var command = blocks == 0 && entrances.Count == 0
            ? start.Command
            : ["/bin/sh", "-c", Script, "fairlead", blocks.ToString(System.Globalization.CultureInfo.InvariantCulture), .. entrances, "--", .. start.Command];
        return start with { Command = command, Processors = group?.Processors };
    }

    /// <summary>Completes when something was broken that ends the step; else runs until it is cancelled.</summary>
    public async Task WatchAsync(int leader, TimeProvider time, CancellationToken cancellationToken)
    {
        var watches = new List<Task>(2);
        if (disk is not null)
            watches.Add(disk.WaitForBreachAsync(time, cancellationToken));
        if (group is { NeedsWatching: true })
            watches.Add(WatchGroupAsync(group, leader, time, cancellationToken));
        await (watches.Count == 0 ? Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken) : await Task.WhenAny(watches));
    }

    /// <summary>What was broken; asked when the step has ended.</summary>
    public LimitBreach? FindBreach(ProcessExit exit)
    {
        if (seen is not null)
            return seen;
        if (disk is not null && (IsFileTooLarge(exit) || disk.IsExceeded()))
            return LimitBreach.Disk(disk.Limit);
        return group?.LookBack();
    }

    public LimitUsage? ReadUsage() => group?.ReadUsage();

    public void Dispose() => group?.Dispose();

    /// <summary>The signal ended the command, or one whose end a shell passed on.</summary>
    private static bool IsFileTooLarge(ProcessExit exit) => exit.Signal == Libc.SigFileSize || exit.Code == 128 + Libc.SigFileSize;

    private async Task WatchGroupAsync(LimitGroup watched, int leader, TimeProvider time, CancellationToken cancellationToken)
    {
        LimitBreach? breach;
        while ((breach = watched.Look(leader)) is not { IsCertain: true })
            await Task.Delay(Pause, time, cancellationToken);
        seen = breach;
    }
}
