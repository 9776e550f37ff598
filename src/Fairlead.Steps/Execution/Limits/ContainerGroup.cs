namespace Fairlead.Steps.Execution.Limits;

/// <summary>
/// The control group that a container's engine made for it. The engine holds the container to its limits, and removes the group with the container: what was used is read
/// while it runs, ten times a second, and what the last tenth of a second used is not seen.
/// </summary>
/// <param name="isLimited">The step has limits.</param>
/// <param name="idFile">Where the engine writes the container's id.</param>
/// <param name="root">Where control groups are mounted.</param>
internal sealed class ContainerGroup(bool isLimited, string idFile, string root = "/sys/fs/cgroup") : LimitGroup
{
    /// <summary>Deeper than any engine puts its groups, and less than a mistaken mount holds.</summary>
    private const int Depth = 10;

    /// <summary>Podman's own process for a container has a group that is named by the container too.</summary>
    private const string Guard = "conmon";

    private static readonly EnumerationOptions Search = new() { RecurseSubdirectories = true, MaxRecursionDepth = Depth, IgnoreInaccessible = true };
    private IReadOnlyList<string> folders = [];
    private LimitUsage? usage;

    public override string? Mode => isLimited ? "the container's engine" : null;

    public override bool NeedsWatching => true;

    public override LimitBreach? Look(int leader)
    {
        try
        {
            // Groups in several hierarchies are made one after another: until all is known, there may be more of them.
            if (folders.Count == 0 || usage is not { PeakMemoryBytes: not null })
                folders = Find();
            if (folders.Count > 0)
                Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The container ended in this moment.
        }

        return null;
    }

    public override LimitUsage? ReadUsage() => usage;

    /// <summary>One folder of the unified hierarchy, or one for each of the older ones; none before the container is there.</summary>
    private IReadOnlyList<string> Find()
    {
        if (!File.Exists(idFile) || !Directory.Exists(root) || File.ReadAllText(idFile).Trim() is not { Length: > 0 } id)
            return [];
        // The outermost of each: groups within it are counted with it.
        var found = Directory.EnumerateDirectories(root, $"*{id}*", Search).Where(folder => !Path.GetFileName(folder).Contains(Guard, StringComparison.Ordinal)).ToList();
        return [.. found.Where(folder => !found.Exists(other => folder.StartsWith(other + '/', StringComparison.Ordinal)))];
    }

    private void Read()
    {
        var processor = Largest("cpu.stat", "usage_usec") is > 0 and var microseconds ? microseconds / 1e6 : Largest("cpuacct.usage") / 1e9;
        long?[] memory = [Largest("memory.peak"), Largest("memory.max_usage_in_bytes"), Largest("memory.current"), usage?.PeakMemoryBytes];
        if (processor > 0)
            usage = new LimitUsage(Math.Max(processor, usage?.CpuSeconds ?? 0), memory.Max() is > 0 and var peak ? peak : null);
    }

    private long Largest(string file) => folders.Max(folder => ControlGroup.Read(folder, file));

    private long Largest(string file, string word) => folders.Max(folder => ControlGroup.Read(folder, file, word));
}
