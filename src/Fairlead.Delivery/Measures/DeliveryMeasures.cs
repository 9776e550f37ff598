using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Measures;

/// <summary>Counts how delivery went: pure, so that a history whose numbers are known shows whether it counts right. The definitions are in the documentation.</summary>
public static class DeliveryMeasures
{
    private const int MostDays = 31;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <param name="environment">Only this one; null for all.</param>
    /// <param name="since">Inclusive; <paramref name="until"/> is exclusive.</param>
    public static DeliveryReport Of(DeliveryHistory history, string? environment, DateTimeOffset since, DateTimeOffset until, IReadOnlyList<string> notes)
    {
        var deployments = history.Rollouts.Where(rollout => environment is null || rollout.Environment == environment)
            .GroupBy(rollout => rollout.Environment, StringComparer.Ordinal)
            .SelectMany(group => Deployments([.. group.OrderBy(rollout => rollout.Number)], history.Changes))
            .Where(deployment => deployment.At >= since && deployment.At < until).ToList();
        var waits = history.Waits.Where(wait => (environment is null || wait.Environment == environment) && (wait.EndedAt is null || (wait.EndedAt >= since && wait.EndedAt < until))).ToList();
        var names = deployments.Select(deployment => deployment.Environment).Union(waits.Select(wait => wait.Environment).OfType<string>(), StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new DeliveryReport(
            since,
            until,
            Measure(null, deployments, waits, history.Changes, since, until),
            [.. names.Select(name => Measure(name, [.. deployments.Where(one => one.Environment == name)], [.. waits.Where(wait => wait.Environment == name)], history.Changes, since, until))],
            [.. deployments.OrderByDescending(deployment => deployment.At)],
            notes);
    }

    /// <param name="rollouts">Of one environment, oldest first.</param>
    private static IEnumerable<MeasuredDeployment> Deployments(IReadOnlyList<Rollout> rollouts, IReadOnlyDictionary<int, IReadOnlyList<ChangeTime>> changes)
    {
        var brought = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < rollouts.Count; index++)
        {
            var rollout = rollouts[index];
            if (rollout.Kind != RolloutKind.Deployment || rollout.Outcome == RolloutOutcome.Unchanged || RolloutTimes.FirstTraffic(rollout) is not { } at)
                continue;
            var live = RolloutTimes.Live(rollout);
            var later = rollouts.Skip(index + 1).ToList();
            var rollback = later.TakeWhile(next => !IsDeployment(next)).FirstOrDefault(next => next.Kind == RolloutKind.Rollback && IsAbout(next, rollout));
            var isFailed = rollout.Outcome is RolloutOutcome.Failed or RolloutOutcome.Aborted || rollback is not null;
            var fresh = live is null ? [] : changes.GetValueOrDefault(rollout.Number, []).Where(change => brought.Add(change.Commit)).ToList();
            yield return new MeasuredDeployment
            {
                Rollout = rollout.Number,
                Environment = rollout.Environment,
                Release = rollout.Release.ToString(),
                By = rollout.StartedBy,
                At = at,
                LiveAt = live,
                IsFailed = isFailed,
                RestoredAt = isFailed ? Restored(rollout, rollback, later) : null,
                RolledBackBy = rollback?.Number,
                Changes = fresh.Count,
                LeadTime = Spread.Of(fresh.Select(change => live!.Value - change.At)),
            };
        }
    }

    private static bool IsDeployment(Rollout rollout) => rollout.Kind == RolloutKind.Deployment && rollout.Outcome != RolloutOutcome.Unchanged && RolloutTimes.FirstTraffic(rollout) is not null;

    private static bool IsAbout(Rollout rollback, Rollout deployment) => rollback.Targets.Any(back => deployment.Targets.Any(target => target.Service == back.Service));

    /// <summary>By itself, by the rollback, or by the next deployment that was live, whichever came first.</summary>
    private static DateTimeOffset? Restored(Rollout failed, Rollout? rollback, IEnumerable<Rollout> later)
    {
        DateTimeOffset?[] times =
        [
            failed.Outcome is RolloutOutcome.Failed or RolloutOutcome.Aborted ? failed.EndedAt : null,
            rollback is null ? null : RolloutTimes.Live(rollback),
            later.Where(IsDeployment).Select(RolloutTimes.Live).FirstOrDefault(live => live is not null),
        ];
        return times.Where(time => time is not null).Min();
    }

    private static DeliveryMeasure Measure(
        string? environment, List<MeasuredDeployment> deployments, List<JudgmentWait> waits, IReadOnlyDictionary<int, IReadOnlyList<ChangeTime>> changes, DateTimeOffset since, DateTimeOffset until)
    {
        var failed = deployments.Where(deployment => deployment.IsFailed).ToList();
        return new DeliveryMeasure
        {
            Environment = environment,
            Deployments = deployments.Count,
            PerWeek = deployments.Count / Math.Max((until - since) / Week, 1.0 / 7),
            Counts = Counts(deployments, since, until),
            Failed = failed.Count,
            FailureRate = deployments.Count == 0 ? null : (double)failed.Count / deployments.Count,
            LeadTime = Spread.Of(LeadTimes(deployments, changes)),
            TimeToRestore = Spread.Of(failed.Where(deployment => deployment.RestoredAt is not null).Select(deployment => deployment.RestoredAt!.Value - deployment.At)),
            Unrestored = failed.Count(deployment => deployment.RestoredAt is null),
            JudgmentWait = Spread.Of(waits.Where(wait => wait.EndedAt is not null).Select(wait => wait.EndedAt!.Value - wait.AskedAt)),
            Waiting = waits.Count(wait => wait.EndedAt is null),
        };
    }

    /// <summary>Of each commit in each environment once, where it was first live.</summary>
    private static IEnumerable<TimeSpan> LeadTimes(IEnumerable<MeasuredDeployment> deployments, IReadOnlyDictionary<int, IReadOnlyList<ChangeTime>> changes) =>
        deployments.Where(deployment => deployment is { LiveAt: not null, Changes: > 0 })
            .SelectMany(deployment => changes[deployment.Rollout].Select(change => (deployment.Environment, change.Commit, Took: deployment.LiveAt!.Value - change.At)))
            .GroupBy(pair => (pair.Environment, pair.Commit)).Select(same => same.Min(pair => pair.Took));

    private static IReadOnlyList<DeliveryCount> Counts(List<MeasuredDeployment> deployments, DateTimeOffset since, DateTimeOffset until)
    {
        var length = until - since <= MostDays * Day ? Day : Week;
        var counts = new List<DeliveryCount>();
        for (var end = until; end > since; end -= length)
        {
            var start = end - length < since ? since : end - length;
            var within = deployments.Where(deployment => deployment.At >= start && deployment.At < end).ToList();
            counts.Add(new DeliveryCount(start, end, within.Count, within.Count(deployment => deployment.IsFailed)));
        }

        counts.Reverse();
        return counts;
    }
}
