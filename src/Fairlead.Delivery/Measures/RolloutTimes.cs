using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Measures;

/// <summary>When a rollout moved traffic.</summary>
internal static class RolloutTimes
{
    /// <summary>When the new server group took its first traffic; null when it never did, as a shadow.</summary>
    public static DateTimeOffset? FirstTraffic(Rollout rollout) =>
        rollout.History.FirstOrDefault(entry => entry.Weight is { Hundredths: > 0 })?.At ?? (rollout is { Outcome: RolloutOutcome.Succeeded, Strategy.Kind: not StrategyKind.Shadow } ? rollout.EndedAt : null);

    /// <summary>When it had all that was ordered; null when it never had.</summary>
    public static DateTimeOffset? Live(Rollout rollout)
    {
        var ordered = rollout.Steps.Count == 0 ? null : rollout.Steps[^1].Shares.Select(share => (Weight?)share.Weight).FirstOrDefault();
        if (FirstTraffic(rollout) is null)
            return null;
        // Of several steps at the same weight, as in a rolling deployment of a command service, the last one counts.
        var reached = rollout.History.Where(entry => entry.Weight is { Hundredths: > 0 } && entry.Weight == ordered).Select(entry => (DateTimeOffset?)entry.At).ToList();
        return reached.LastOrDefault() ?? (rollout.Outcome == RolloutOutcome.Succeeded ? rollout.EndedAt : null);
    }
}
