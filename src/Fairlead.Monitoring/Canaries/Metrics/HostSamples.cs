using Fairlead.Domain.Deployments;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>What hosts said of their server groups in the last hours: kept in memory, so that canaries can be compared by it.</summary>
public sealed class HostSamples
{
    /// <summary>How often a host is looked at, which is as often as it reports.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Kept = TimeSpan.FromHours(6);
    private readonly Lock sync = new();
    private readonly Dictionary<ServerGroupName, List<HostSample>> byGroup = [];

    /// <summary>Takes what hosts report now.</summary>
    public void Take(IEnumerable<HostReport> hosts, DateTimeOffset now)
    {
        lock (sync)
        {
            foreach (var (host, group) in hosts.SelectMany(host => host.Groups.Select(group => (host, group))))
            {
                if (!byGroup.TryGetValue(group.ServerGroup, out var samples))
                    byGroup[group.ServerGroup] = samples = [];
                samples.Add(new HostSample(now, $"{host.Url} {host.ProcessId}", group.Answered, group.Shed, group.Waiting));
            }

            foreach (var (name, samples) in byGroup.ToList())
            {
                if (samples[0].At < now - Kept)
                    samples.RemoveAll(sample => sample.At < now - Kept);
                if (samples.Count == 0)
                    byGroup.Remove(name);
            }
        }
    }

    /// <summary>Oldest first.</summary>
    internal IReadOnlyList<HostSample> Of(ServerGroupName group, DateTimeOffset from, DateTimeOffset until)
    {
        lock (sync)
            return byGroup.TryGetValue(group, out var samples) ? [.. samples.Where(sample => sample.At >= from && sample.At < until)] : [];
    }
}
