using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Rollouts;

/// <summary>What a rollout counts.</summary>
internal static class RolloutProgress
{
    private static readonly TimeSpan ShortestAskPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAskPause = TimeSpan.FromMinutes(1);

    /// <summary>Instances of the candidates that take requests.</summary>
    public static int Ready(Rollout state, RolloutObservation seen) => state.Targets.Sum(target => seen.Of(target.Service)?.Candidate.Ready ?? 0);

    /// <summary>Instances of what was live before that take requests.</summary>
    public static int StableReady(Rollout state, RolloutObservation seen) => state.Targets.Sum(target => seen.Of(target.Service)?.Stable.Ready ?? 0);

    /// <summary>The candidates have the instances of the present step. What no host speaks of is not there yet.</summary>
    public static bool IsReached(Rollout state, RolloutObservation seen) =>
        state.Steps[state.Step].Shares.All(share => share.Instances is not { } wanted || seen.Of(share.Service)?.Candidate.Ready >= wanted);

    /// <summary>What was live before has the instances that it had.</summary>
    public static bool IsRestored(Rollout state, RolloutObservation seen) =>
        state.Targets.All(target => StableInstances(target) is not { } wanted || seen.Of(target.Service)?.Stable.Ready >= wanted);

    /// <summary>Instances were taken from what was live before.</summary>
    public static bool MustRestore(Rollout state) =>
        state.Phase is not (RolloutPhase.Creating or RolloutPhase.Preparing)
        && state.Steps.Take(state.Step + 1).Any(step => step.Shares.Any(share => share.StableInstances is not null))
        && state.Targets.Any(target => StableInstances(target) is not null);

    /// <summary>Something is to be taken away in the end.</summary>
    public static bool HasLeftovers(Rollout state) =>
        state.Strategy.Kind == StrategyKind.Highlander
        || state.Targets.Any(target => target.Baseline is not null)
        || state.Steps.Any(step => step.Shares.Any(share => share.StableInstances is not null));

    /// <summary>The judge is to be asked now: the time of the step is over, or that of a look at what there is so far.</summary>
    public static bool IsJudgeDue(Rollout state) =>
        state.MustBeJudged && state.Held >= state.AskAfter && (state.Held >= state.Steps[state.Step].Hold || state.Held >= state.Analysis?.Interval);

    /// <summary>The judge had its time and could still not say.</summary>
    public static bool IsJudgeOverdue(Rollout state) => state.Analysis is { } analysis && state.Held >= state.Steps[state.Step].Hold + analysis.Definition.Patience;

    /// <summary>When a judge that could not say is asked again. Never later than the end of the step, if that is still to come.</summary>
    public static TimeSpan AskAfter(Rollout state, RolloutVerdict verdict)
    {
        var hold = state.Steps[state.Step].Hold;
        var after = verdict.Again is { } again && again > state.Held ? again : state.Held + AskPause(state);
        return state.Held < hold && after > hold ? hold : after;
    }

    /// <summary>How long until a judge is asked again that did not say when.</summary>
    private static TimeSpan AskPause(Rollout state)
    {
        var each = state.Steps[state.Step].Hold / 2;
        return each < ShortestAskPause ? ShortestAskPause : each > LongestAskPause ? LongestAskPause : each;
    }

    private static int? StableInstances(RolloutTarget target) =>
        target.Before.FirstOrDefault(share => share.ServerGroup == target.Stable)?.Instances;
}
