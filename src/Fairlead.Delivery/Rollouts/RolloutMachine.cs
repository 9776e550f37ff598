using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Rollouts;

/// <summary>
/// The whole of a rollout's rules: a pure function from its state and what is seen to the next state and what is to be done. The state is
/// recorded before the action begins, and every action may be done twice, so that a rollout goes on wherever it was interrupted.
/// </summary>
internal static class RolloutMachine
{
    /// <summary>How often an action may break for reasons of its own.</summary>
    public const int MostAttempts = 5;

    public static RolloutMove Next(Rollout state, RolloutObservation seen, DateTimeOffset now)
    {
        if (state.IsEnded)
            return new RolloutMove(state, null);
        var (health, reason) = HealthJudge.Judge(state, seen);
        state = Absorb(RolloutClock.Tick(state, seen, health, now), seen.Fact);
        if (state.AbortedBy is { } person && !IsGoingBack(state))
            return GoBack(state, RolloutOutcome.Aborted, $"Aborted by {person}.", null, isUrgent: health == RolloutHealth.Dead, now);
        if (seen.Fact is { Kind: RolloutFactKind.Broken } broken)
            return Retry(state, broken, now);
        return state.Phase switch
        {
            RolloutPhase.Creating => Creating(state, seen.Fact, now),
            RolloutPhase.Preparing => Preparing(state, seen.Fact, now),
            RolloutPhase.Scaling => Scaling(state, seen, health, reason, now),
            RolloutPhase.Shifting => Shifting(state, seen.Fact, now),
            RolloutPhase.Holding => Holding(state, seen.Fact, health, reason, now),
            RolloutPhase.Finishing => seen.Fact is null ? Do(state, RolloutActionKind.Finish) : End(state, RolloutOutcome.Succeeded, null, now),
            RolloutPhase.Restoring => Restoring(state, seen, health, now),
            RolloutPhase.Returning => Returning(state, seen.Fact, now),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state.Phase, "unknown phase"),
        };
    }

    private static Rollout Absorb(Rollout state, RolloutFact? fact) => fact is null
        ? state
        : state with { Targets = fact.Targets ?? state.Targets, Version = Math.Max(state.Version, fact.Version) };

    private static RolloutMove Creating(Rollout state, RolloutFact? fact, DateTimeOffset now) => fact switch
    {
        null => Do(state, RolloutActionKind.Create),
        { Kind: RolloutFactKind.Done } => state.Targets.Any(target => target.IsCold)
            ? Do(Enter(state, RolloutPhase.Preparing), RolloutActionKind.Prepare)
            : BeginStep(state, 0),
        _ => End(state, RolloutOutcome.Failed, fact, now),
    };

    private static RolloutMove Preparing(Rollout state, RolloutFact? fact, DateTimeOffset now)
    {
        switch (fact?.Kind)
        {
            case RolloutFactKind.Refused:
                return GoBack(state, RolloutOutcome.Failed, fact.Message, fact.Problem, isUrgent: true, now);
            case RolloutFactKind.Silent:
                // Nothing was moved: whoever orders it again goes on with the same server groups.
                return End(state, RolloutOutcome.Failed, fact, now);
            case null when !state.IsApplied:
                return Do(state, RolloutActionKind.Prepare);
            default:
                state = state.IsApplied ? state : Tell(state with { IsApplied = true }, now, $"{RolloutText.Candidates(state)} ready, still without traffic.");
                return state.IsPaused ? Wait(state) : BeginStep(state, 0);
        }
    }

    private static RolloutMove BeginStep(Rollout state, int step)
    {
        state = Enter(state, RolloutPhase.Shifting) with { Step = step, IsCleared = false, AskAfter = TimeSpan.Zero, Unwell = TimeSpan.Zero };
        return state.Steps[step].Shares.Any(share => share.Instances is not null || share.StableInstances is not null)
            ? Do(state with { Phase = RolloutPhase.Scaling }, RolloutActionKind.Scale)
            : Do(state, RolloutActionKind.Shift);
    }

    private static RolloutMove Scaling(Rollout state, RolloutObservation seen, RolloutHealth health, string? reason, DateTimeOffset now)
    {
        switch (seen.Fact?.Kind)
        {
            case RolloutFactKind.Refused:
                return GoBack(state, RolloutOutcome.Failed, seen.Fact.Message, seen.Fact.Problem, isUrgent: false, now);
            case RolloutFactKind.Done:
                state = state with { IsApplied = true, Held = TimeSpan.Zero, Ready = 0, Problem = null };
                break;
            case RolloutFactKind.Silent:
                return Wait(Silence(state, seen.Fact));
            case null when !state.IsApplied:
                return Do(state, RolloutActionKind.Scale);
        }

        if (health == RolloutHealth.Dead && state.Step > 0)
            return Suffer(state, health, reason, now);
        var ready = RolloutProgress.Ready(state, seen);
        if (RolloutProgress.IsReached(state, seen) || (state.Kind == RolloutKind.Rollback && MustNotWait(state, seen)))
            return Do(Enter(state, RolloutPhase.Shifting), RolloutActionKind.Shift);
        if (ready > state.Ready)
            return Wait(state with { Ready = ready, Held = TimeSpan.Zero });
        return state.Held > state.Patience && state.Kind == RolloutKind.Deployment
            ? Suffer(state, RolloutHealth.Sick, $"No further instance became ready within {state.Patience.TotalSeconds:0} s. {reason}".TrimEnd(), now)
            : Wait(state);
    }

    private static RolloutMove Shifting(Rollout state, RolloutFact? fact, DateTimeOffset now) => fact switch
    {
        null => Do(state, RolloutActionKind.Shift),
        { Kind: RolloutFactKind.Refused } => GoBack(state, RolloutOutcome.Failed, fact.Message, fact.Problem, isUrgent: false, now),

        // The shares are published: a host that comes back takes them.
        { Kind: RolloutFactKind.Silent } => Wait(Silence(state, fact)),
        _ => Holding(Tell(Enter(state, RolloutPhase.Holding), now, RolloutText.Step(state), RolloutText.WeightOf(state)), null, RolloutHealth.Good, null, now),
    };

    private static RolloutMove Holding(Rollout state, RolloutFact? fact, RolloutHealth health, string? reason, DateTimeOffset now)
    {
        var mustAct = health == RolloutHealth.Dead || (health == RolloutHealth.Sick && state.Unwell >= state.Health.For);
        if (mustAct && CanGoBack(state))
            return Suffer(state, health, reason, now);
        if (fact?.Verdict is { } verdict)
        {
            if (verdict.Advice == RolloutAdvice.Abort)
                return GoBack(state, RolloutOutcome.Failed, verdict.Reason, ProblemKind.Failed, isUrgent: false, now);
            if (verdict.Advice == RolloutAdvice.Wait && RolloutProgress.IsJudgeOverdue(state))
                return GoBack(state, RolloutOutcome.Failed, RolloutText.Unjudged(state, verdict.Reason), ProblemKind.Failed, isUrgent: false, now);
            state = verdict.Advice == RolloutAdvice.GoOn
                ? Tell(state with { IsCleared = true, Note = null }, now, $"The analysis lets it pass: {verdict.Reason}")
                : state with { AskAfter = RolloutProgress.AskAfter(state, verdict), Note = verdict.Reason };
        }

        if (state.IsPaused)
            return Wait(state);
        var isUnwell = health != RolloutHealth.Good && CanGoBack(state);
        var isOver = state.Held >= state.Steps[state.Step].Hold;
        if (RolloutProgress.IsJudgeDue(state) && !(isOver && isUnwell))
            return Do(state, RolloutActionKind.Judge);
        if (!isOver || isUnwell)
            return Wait(health == RolloutHealth.Good ? state : state with { Note = reason });
        if (state.MustBeJudged)
            return Wait(state);
        if (!state.IsLastStep)
            return BeginStep(state with { Note = null }, state.Step + 1);
        return RolloutProgress.HasLeftovers(state)
            ? Do(Enter(state, RolloutPhase.Finishing), RolloutActionKind.Finish)
            : End(state, RolloutOutcome.Succeeded, null, now);
    }

    private static RolloutMove Restoring(Rollout state, RolloutObservation seen, RolloutHealth health, DateTimeOffset now)
    {
        if (seen.Fact is null && !state.IsApplied)
            return Do(state, RolloutActionKind.Restore);
        if (seen.Fact?.Kind == RolloutFactKind.Silent)
            return Wait(state);
        if (seen.Fact?.Kind == RolloutFactKind.Done)
            state = state with { IsApplied = true, Held = TimeSpan.Zero, Ready = 0 };
        var ready = RolloutProgress.StableReady(state, seen);
        if (ready != state.Ready)
            state = state with { Ready = ready, Held = TimeSpan.Zero };
        var isHopeless = seen.Fact?.Kind == RolloutFactKind.Refused || health == RolloutHealth.Dead || state.Held > state.Patience;
        return isHopeless || RolloutProgress.IsRestored(state, seen) ? Do(Enter(state, RolloutPhase.Returning), RolloutActionKind.Return) : Wait(state);
    }

    private static RolloutMove Returning(Rollout state, RolloutFact? fact, DateTimeOffset now)
    {
        if (fact is null)
            return Do(state, RolloutActionKind.Return);
        if (fact.Kind == RolloutFactKind.Done)
            return End(state, state.Outcome ?? RolloutOutcome.Failed, null, now);

        // The way back is published, or what was live before cannot serve any more: nothing else would help.
        return End(state with { Reason = $"{state.Reason} {fact.Message}".Trim() }, state.Outcome ?? RolloutOutcome.Failed, null, now);
    }

    /// <summary>Bad health: back, or a person decides.</summary>
    private static RolloutMove Suffer(Rollout state, RolloutHealth health, string? reason, DateTimeOffset now)
    {
        if (!state.Strategy.PauseOnBadHealth)
            return GoBack(state, RolloutOutcome.Failed, reason, ProblemKind.Failed, health == RolloutHealth.Dead, now);
        return Wait(state.IsPaused ? state : Tell(state with { IsPaused = true, Note = reason }, now, $"Paused: {reason}"));
    }

    private static RolloutMove GoBack(Rollout state, RolloutOutcome outcome, string? reason, ProblemKind? problem, bool isUrgent, DateTimeOffset now)
    {
        var mustRestore = !isUrgent && RolloutProgress.MustRestore(state);
        state = Tell(Enter(state, mustRestore ? RolloutPhase.Restoring : RolloutPhase.Returning), now, $"Going back: {reason}") with
        {
            Outcome = outcome,
            Reason = reason,
            Problem = problem,
            IsPaused = false,
            Note = reason,
        };
        return Do(state, mustRestore ? RolloutActionKind.Restore : RolloutActionKind.Return);
    }

    private static RolloutMove Retry(Rollout state, RolloutFact fact, DateTimeOffset now)
    {
        state = state with { Attempts = state.Attempts + 1, Note = fact.Message };
        if (state.Attempts < MostAttempts)
            return Wait(state);
        if (state.Phase is RolloutPhase.Returning or RolloutPhase.Finishing || (state.Phase == RolloutPhase.Creating && state.Targets.All(target => target.Candidate is null)))
            return End(state with { Reason = $"{state.Reason} {fact.Message}".Trim() }, state.Outcome ?? RolloutOutcome.Failed, null, now);
        return GoBack(state, state.Outcome ?? RolloutOutcome.Failed, fact.Message, ProblemKind.Failed, isUrgent: state.Phase == RolloutPhase.Restoring, now);
    }

    private static RolloutMove End(Rollout state, RolloutOutcome outcome, RolloutFact? fact, DateTimeOffset now)
    {
        state = state with
        {
            Phase = RolloutPhase.Ended,
            Outcome = outcome,
            Reason = fact?.Message ?? state.Reason,
            Problem = fact is null ? outcome == RolloutOutcome.Succeeded ? null : state.Problem ?? ProblemKind.Failed : fact.Problem ?? ProblemKind.Failed,
            Note = null,
            IsPaused = false,
            EndedAt = now,
        };
        return Wait(Tell(state, now, RolloutText.End(state)));
    }

    private static bool IsGoingBack(Rollout state) => state.Phase is RolloutPhase.Restoring or RolloutPhase.Returning;

    /// <summary>The way back waits for instances only as long as what it leaves is better than nothing.</summary>
    private static bool MustNotWait(Rollout state, RolloutObservation seen) =>
        state.Held > state.Patience || state.Targets.Any(target => seen.Of(target.Service) is { Stable: var left } && (left is { Wanted: > 0, Ready: 0 } || left is { Answered: >= HealthJudge.LeastAnswers, ErrorRate: >= HealthJudge.DeadlyErrors }));

    private static bool CanGoBack(Rollout state) => state.Kind == RolloutKind.Deployment && state.Targets.Any(target => target.Stable is not null);

    private static Rollout Silence(Rollout state, RolloutFact fact) => state with { Note = fact.Message, Problem = ProblemKind.Unavailable };

    private static Rollout Enter(Rollout state, RolloutPhase phase) =>
        state with { Phase = phase, IsApplied = false, Attempts = 0, Held = TimeSpan.Zero, Ready = 0, Problem = state.Outcome is null ? null : state.Problem };

    private static Rollout Tell(Rollout state, DateTimeOffset now, string message, Weight? weight = null) =>
        state with { History = [.. state.History, new RolloutEntry(now, message, weight)] };

    private static RolloutMove Do(Rollout state, RolloutActionKind action) => new(state, action);

    private static RolloutMove Wait(Rollout state) => new(state, null);
}
