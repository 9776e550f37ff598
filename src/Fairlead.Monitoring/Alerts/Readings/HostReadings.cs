using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;

namespace Fairlead.Monitoring.Alerts.Readings;

/// <summary>What the hosts say of themselves: losses of the last hour, and instances that get no requests.</summary>
internal sealed class HostReadings
{
    public const string Lost = "capture.lost";
    public const string Ejected = "instances.ejected";

    /// <summary>What was lost earlier was told of.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly List<(DateTimeOffset At, string Url, int Process, long Lost)> samples = [];

    public static IReadOnlyList<string> Metrics { get; } = [Lost, Ejected];

    public IEnumerable<AlertReading> Read(AlertRule rule, IReadOnlyList<HostReport> hosts) => rule.Metric == Lost
        ? hosts.Select(host => new AlertReading(host.Url, null, null, LostOf(host)))
        : hosts.SelectMany(host => host.Instances).GroupBy(instance => instance.ServerGroup).Select(group => new AlertReading(
            group.Key.ToString(), group.Key.Service, group.Key.Environment, group.Count(instance => instance.State == InstanceState.Ejected)));

    /// <summary>Remembers what the hosts report now. Call it once a round, before reading.</summary>
    public void Take(IReadOnlyList<HostReport> hosts, DateTimeOffset now)
    {
        samples.AddRange(hosts.Select(host => (now, host.Url, host.ProcessId, host.CaptureLost)));
        samples.RemoveAll(sample => now - sample.At > Window || sample.At > now);
    }

    // What a host lost before anybody looked counts from the first look on.
    private long LostOf(HostReport host)
    {
        var own = samples.Where(sample => sample.Url == host.Url && sample.Process == host.ProcessId).ToList();
        var isWhole = own.Count == 0 || host.StartedAt + Window > own[^1].At || own.Count == 1;
        return isWhole ? host.CaptureLost : host.CaptureLost - own[0].Lost;
    }
}
