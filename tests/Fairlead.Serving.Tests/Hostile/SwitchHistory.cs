using System.Text;
using Fairlead.Domain.Deployments;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Which desired states a host was told, and which of them a request may have met.</summary>
internal sealed class SwitchHistory
{
    private readonly Lock gate = new();
    private readonly List<IReadOnlyList<DesiredServerGroup>> states = [];
    private int applied;

    /// <summary>To be read before a request is sent.</summary>
    public int Applied => Volatile.Read(ref applied);

    public async Task ApplyAsync(TestHost host, DesiredServerGroup[] groups)
    {
        int version;
        lock (gate)
        {
            states.Add(groups);
            version = states.Count;
        }

        var report = await host.ApplyAsync(version, groups);
        Assert.True(report.AppliedVersion == version && report.Failures.Count == 0, $"State {version} was not applied: {string.Join(' ', report.Failures)}");
        Volatile.Write(ref applied, version);
    }

    /// <summary>True when a state between the one that was in force at the start and the newest leads there.</summary>
    /// <param name="since">What <see cref="Applied"/> was before the request.</param>
    /// <param name="unit">For whom; null when the request named nobody.</param>
    public bool LeadsTo(string group, string service, int since, string? unit)
    {
        lock (gate)
            return states.Skip(since - 1).Any(state => LeadsTo(state, group, service, unit));
    }

    private static bool LeadsTo(IReadOnlyList<DesiredServerGroup> state, string group, string service, string? unit)
    {
        var enabled = state.Where(one => one.Name.Service == service && one.Weight.Hundredths > 0).OrderBy(one => one.Name.Number).ToList();
        if (unit is null)
            return enabled.Exists(one => one.Name.ToString() == group);
        var total = (ulong)enabled.Sum(one => (long)one.Weight.Hundredths);
        var at = UnitHash.Of(Encoding.UTF8.GetBytes(service), Encoding.UTF8.GetBytes(unit)) % total;
        foreach (var one in enabled)
        {
            if (at < (ulong)one.Weight.Hundredths)
                return one.Name.ToString() == group;
            at -= (ulong)one.Weight.Hundredths;
        }

        return false;
    }
}
