using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Puts what happens in a rollout into sentences for people.</summary>
internal static class RolloutText
{
    public static string Candidates(Rollout state) => string.Join(", ", state.Targets.Where(target => target.Candidate is not null).Select(target => target.Candidate));

    /// <summary>Of the first service: what a page draws.</summary>
    public static Weight? WeightOf(Rollout state) => state.Steps[state.Step].Shares.Select(share => (Weight?)share.Weight).FirstOrDefault();

    public static string Step(Rollout state) => state.Strategy.Kind == StrategyKind.Shadow && state.Kind == RolloutKind.Deployment
        ? $"{Candidates(state)} gets copies of {state.Strategy.Mirror} of the requests."
        : $"{string.Join(", ", state.Steps[state.Step].Shares.Select(share => Share(state, share)))}, step {state.Step + 1} of {state.Steps.Count}.";

    /// <param name="reason">What the judge said last.</param>
    public static string Unjudged(Rollout state, string reason) =>
        $"The analysis could not judge it within {state.Analysis?.Definition.Patience.TotalSeconds:0} s after its time, and what was not judged is not good: {reason}";

    public static string End(Rollout state) => state.Outcome switch
    {
        RolloutOutcome.Succeeded => state.Undoes is { } undone ? $"Rolled back {undone}." : "Done.",
        RolloutOutcome.Unchanged => "Everything is as asked already; nothing to do.",
        RolloutOutcome.Aborted => "Ended; what was live before serves.",
        RolloutOutcome.Superseded => state.Reason ?? "Another rollout took over.",
        _ => $"Failed: {state.Reason}",
    };

    private static string Share(Rollout state, StepShare share)
    {
        var target = state.Targets.First(candidate => candidate.Service == share.Service);
        var instances = share.Instances is { } count ? $" on {count} instances" : "";
        return $"{target.Candidate} takes {share.Weight}{instances}";
    }
}
