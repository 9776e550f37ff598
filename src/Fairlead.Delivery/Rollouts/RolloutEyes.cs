using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Rollouts;

/// <summary>What a rollout sees of the hosts: instances as they are, answers over the last while.</summary>
internal sealed class RolloutEyes(HostReports hosts, TimeProvider time)
{
    private readonly List<Sample> samples = [];
    private Dictionary<ServerGroupName, GroupSight> beginning = [];

    /// <summary>From now on answers count anew: the shares have changed.</summary>
    public void Forget() => samples.Clear();

    public IReadOnlyDictionary<string, ServiceSight> Look(Rollout rollout)
    {
        var now = Count(rollout.Version);

        // No host that serves it, nothing seen.
        if (!hosts.Latest.Any(host => host.IsReachable && host.Report.AppliedVersion >= rollout.Version))
            return new Dictionary<string, ServiceSight>();
        samples.Add(new Sample(time.GetTimestamp(), now));
        while (samples.Count > 2 && time.GetElapsedTime(samples[1].At) >= rollout.Health.For)
            samples.RemoveAt(0);
        if (beginning.Count == 0)
            beginning = now;
        return rollout.Targets.ToDictionary(
            target => target.Service,
            target => new ServiceSight(
                Recent(target.Candidate, now),
                Compared(target.Baseline ?? target.Stable, now),
                target.Stable is { } stable ? now.GetValueOrDefault(stable, GroupSight.Unknown) : GroupSight.Unknown),
            StringComparer.Ordinal);
    }

    /// <summary>Over all hosts that serve that desired state, since each took the group up.</summary>
    private Dictionary<ServerGroupName, GroupSight> Count(long version)
    {
        var sums = new Dictionary<ServerGroupName, GroupSight>();
        foreach (var report in hosts.Latest.Where(host => host.IsReachable && host.Report.AppliedVersion >= version).SelectMany(host => host.Report.Groups))
        {
            var sum = sums.GetValueOrDefault(report.ServerGroup, GroupSight.Unknown);
            sums[report.ServerGroup] = new GroupSight(Add(sum.Wanted, report.Instances), Add(sum.Ready, report.Ready), sum.Answered + report.Answered, sum.Errors + report.Errors);
        }

        return sums;
    }

    private GroupSight Recent(ServerGroupName? name, Dictionary<ServerGroupName, GroupSight> now)
    {
        if (name is not { } group)
            return GroupSight.Unknown;
        var last = now.GetValueOrDefault(group, GroupSight.Unknown);
        var first = samples[0].Groups.GetValueOrDefault(group, GroupSight.Unknown);

        // A host that started again counts from nothing.
        return last.Answered < first.Answered || last.Errors < first.Errors
            ? last
            : last with { Answered = last.Answered - first.Answered, Errors = last.Errors - first.Errors };
    }

    /// <summary>What takes too little traffic now to be compared with is taken as it was when the rollout began to look.</summary>
    private GroupSight Compared(ServerGroupName? name, Dictionary<ServerGroupName, GroupSight> now)
    {
        var recent = Recent(name, now);
        return recent.Answered >= HealthJudge.LeastAnswers || name is not { } group ? recent : beginning.GetValueOrDefault(group, recent);
    }

    private static int? Add(int? sum, int? more) => more is null ? sum : (sum ?? 0) + more;

    private sealed record Sample(long At, Dictionary<ServerGroupName, GroupSight> Groups);
}
