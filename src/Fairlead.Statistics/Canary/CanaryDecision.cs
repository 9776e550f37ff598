using System.Globalization;

namespace Fairlead.Statistics.Canary;

/// <summary>What to do with a canary, by its verdicts so far.</summary>
/// <param name="Reason">A sentence for people.</param>
public sealed record CanaryDecision(CanaryStep Step, string Reason)
{
    /// <summary>
    /// A verdict that is bad ends the canary at once, and one that is good only the last. What could not be judged waits, and is not good at the end.
    /// By Kayenta's rule, a score at or below the marginal threshold ends it.
    /// </summary>
    /// <param name="verdicts">In the order of the looks; none when nothing was judged yet.</param>
    public static CanaryDecision Of(CanaryConfig config, CanaryPlan plan, IReadOnlyList<CanaryVerdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(verdicts);
        foreach (var (look, verdict) in verdicts.Index())
        {
            if (config.IsKayenta ? verdict.Score <= config.Thresholds.Marginal : verdict.Outcome == CanaryOutcome.Fail)
                return new CanaryDecision(CanaryStep.Fail, Say(look + 1, plan, verdict));
        }

        if (verdicts.Count < plan.Looks)
            return new CanaryDecision(CanaryStep.Continue, verdicts.Count == 0 ? $"nothing was judged yet, of {plan.Looks} judgements" : Say(verdicts.Count, plan, verdicts[^1]));
        var last = verdicts[^1];
        var isGood = config.IsKayenta ? last.Score >= config.Thresholds.Pass : last.Outcome == CanaryOutcome.Pass;
        return new CanaryDecision(isGood ? CanaryStep.Pass : CanaryStep.Fail, Say(verdicts.Count, plan, last));
    }

    private static string Say(int look, CanaryPlan plan, CanaryVerdict verdict) =>
        string.Create(CultureInfo.InvariantCulture, $"judgement {look} of {plan.Looks}: {verdict.Reason}");
}
