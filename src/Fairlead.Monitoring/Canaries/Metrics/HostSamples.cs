using Fairlead.Domain.Deployments;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>
/// What hosts said of their server groups in the last hours, so that canaries can be compared by it: of those that have another of their service beside
/// them in their environment. Kept in memory, and in files where there is a folder for them.
/// </summary>
public sealed class HostSamples
{
    /// <summary>How often a host is looked at, which is as often as it reports.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>Looks that lie farther apart have a gap between them: hosts were not heard of, or nobody listened.</summary>
    private static readonly TimeSpan LongestPause = 3 * Period;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(6);
    private readonly Lock sync = new();
    private readonly Dictionary<ServerGroupName, List<HostSample>> byGroup = [];
    private readonly List<DateTimeOffset> looks = [];
    private readonly HostSampleFiles? files;

    /// <param name="folder">Where they are kept; null keeps them in memory only.</param>
    /// <param name="now">What is too old by then is not read again.</param>
    public HostSamples(string? folder = null, DateTimeOffset now = default)
    {
        files = folder is null ? null : new HostSampleFiles(folder);
        foreach (var look in files?.Read(now - Kept) ?? [])
            Add(look);
    }

    /// <summary>Takes what hosts report now.</summary>
    /// <exception cref="IOException">It is known, but could not be kept beyond this process.</exception>
    public void Take(IReadOnlyList<HostReport> hosts, DateTimeOffset now)
    {
        // Silence is no look: what nobody said then is missing.
        if (hosts.Count == 0)
            return;
        var look = new HostLook(now, Compared(hosts, now));
        lock (sync)
        {
            Add(look);
            Forget(now - Kept);
            files?.Append(look);
            files?.RemoveBefore(now - Kept);
        }
    }

    /// <summary>Oldest first.</summary>
    internal IReadOnlyList<HostSample> Of(ServerGroupName group, DateTimeOffset from, DateTimeOffset until)
    {
        lock (sync)
            return byGroup.TryGetValue(group, out var samples) ? [.. samples.Where(sample => sample.At >= from && sample.At < until)] : [];
    }

    /// <summary>When nobody listened to hosts for longer than it takes them to report, oldest first.</summary>
    internal IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> GapsOf(DateTimeOffset from, DateTimeOffset until)
    {
        lock (sync)
        {
            DateTimeOffset[] marks = [from, .. looks.Where(look => look > from && look < until), until];
            return [.. marks.Zip(marks.Skip(1)).Where(pair => pair.Second - pair.First > LongestPause)];
        }
    }

    /// <summary>Groups of one service in one environment: a group that stands alone is compared with nobody, and there may be thousands.</summary>
    private static List<HostSample> Compared(IReadOnlyList<HostReport> hosts, DateTimeOffset now) =>
    [
        .. hosts.SelectMany(host => host.Groups.Select(group => SampleOf(host, group, now)))
            .GroupBy(sample => (sample.Group.Environment, sample.Group.Service))
            .Where(service => service.DistinctBy(sample => sample.Group).Skip(1).Any())
            .SelectMany(service => service),
    ];

    private static HostSample SampleOf(HostReport host, ServerGroupReport group, DateTimeOffset now) => new(
        now,
        group.ServerGroup,
        $"{host.Url} {host.ProcessId}",
        group.Answered,
        group.Shed,
        group.Waiting,
        group.InferenceSeconds,
        group.ProcessorSeconds,
        group.MemoryBytes,
        group.Ready);

    private void Add(HostLook look)
    {
        looks.Add(look.At);
        foreach (var sample in look.Samples)
        {
            if (!byGroup.TryGetValue(sample.Group, out var samples))
                byGroup[sample.Group] = samples = [];
            samples.Add(sample);
        }
    }

    private void Forget(DateTimeOffset before)
    {
        if (looks[0] < before)
            looks.RemoveAll(look => look < before);
        foreach (var (name, samples) in byGroup.ToList())
        {
            if (samples[0].At < before)
                samples.RemoveAll(sample => sample.At < before);
            if (samples.Count == 0)
                byGroup.Remove(name);
        }
    }
}
