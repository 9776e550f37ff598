using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Rollouts;

/// <summary>What people do to a rollout: pure functions from its state to the next.</summary>
internal static class RolloutCommands
{
    /// <exception cref="FairleadException">Conflict: it has ended or goes back.</exception>
    public static Rollout Pause(Rollout state, string user, DateTimeOffset now)
    {
        RequireUnderWay(state);
        if (state.Phase is RolloutPhase.Restoring or RolloutPhase.Returning or RolloutPhase.Finishing)
            throw FairleadException.Conflict($"Rollout '{state.Number}' is ending and cannot be paused: see 'fairlead rollout show {state.Number}'.");
        return state.IsPaused ? state : Tell(state with { IsPaused = true, Note = $"Paused by {user}." }, now, $"Paused by {user}.");
    }

    /// <exception cref="FairleadException">Conflict: it is not paused.</exception>
    public static Rollout Resume(Rollout state, string user, DateTimeOffset now)
    {
        RequireUnderWay(state);
        if (!state.IsPaused)
            throw FairleadException.Conflict($"Rollout '{state.Number}' is not paused: see 'fairlead rollout show {state.Number}'.");
        return Tell(state with { IsPaused = false, Note = null, Unwell = TimeSpan.Zero, Held = state.Phase == RolloutPhase.Scaling ? TimeSpan.Zero : state.Held }, now, $"Resumed by {user}.");
    }

    /// <exception cref="FairleadException">Conflict: it has ended, or holds no step.</exception>
    public static Rollout Promote(Rollout state, string user, DateTimeOffset now)
    {
        RequireUnderWay(state);
        if (state.Kind == RolloutKind.Rollback || state.Phase != RolloutPhase.Holding)
            throw FairleadException.Conflict($"Rollout '{state.Number}' is {state.Phase.ToString().ToLowerInvariant()} and holds no step that could end early: see 'fairlead rollout show {state.Number}'.");
        var hold = state.Steps[state.Step].Hold;
        return Tell(state with { IsCleared = true, IsPaused = false, Note = null, Held = state.Held > hold ? state.Held : hold }, now, $"{user} lets it go on before its time.");
    }

    /// <exception cref="FairleadException">Conflict: it has ended.</exception>
    public static Rollout Abort(Rollout state, string user, DateTimeOffset now)
    {
        RequireUnderWay(state);
        if (state.Kind == RolloutKind.Rollback)
            throw FairleadException.Conflict($"Rollout '{state.Number}' is a rollback, which is not aborted: roll back to another server group with '--to', or deploy the release that you want.");
        if (state.Phase == RolloutPhase.Finishing)
            throw FairleadException.Conflict($"Rollout '{state.Number}' has succeeded and only tidies up: go back with 'fairlead rollback {state.Environment}'.");
        return state.AbortedBy is not null ? state : Tell(state with { AbortedBy = user }, now, $"{user} aborts it.");
    }

    /// <summary>Health is not watched any longer, since something else is to happen in the environment. Nothing for one that is not live.</summary>
    public static Rollout Settle(Rollout state, DateTimeOffset now) => state is { IsLive: true, Phase: RolloutPhase.Holding }
        ? state with { Phase = RolloutPhase.Finishing, IsApplied = false, Unwell = TimeSpan.Zero, IsPaused = false, SeenAt = now }
        : state;

    /// <summary>It ends here, and another rollout goes on from where it is.</summary>
    public static Rollout Supersede(Rollout state, string by, DateTimeOffset now) => state.IsEnded
        ? state
        : Tell(
            state with { Phase = RolloutPhase.Ended, Outcome = RolloutOutcome.Superseded, Reason = $"Superseded by {by}.", Problem = ProblemKind.Conflict, EndedAt = now, IsPaused = false, Note = null },
            now,
            $"Superseded by {by}.");

    private static void RequireUnderWay(Rollout state)
    {
        if (state.IsEnded)
            throw FairleadException.Conflict($"Rollout '{state.Number}' has ended ({state.Outcome.ToString()!.ToLowerInvariant()}): see 'fairlead rollout show {state.Number}'.");
    }

    private static Rollout Tell(Rollout state, DateTimeOffset now, string message) => state with { History = [.. state.History, new RolloutEntry(now, message, null)] };
}
