using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Counts the time that a rollout was watched for. A clock that jumps, or a control plane that was away, adds little and takes nothing.</summary>
internal static class RolloutClock
{
    /// <summary>What one look counts for, at most: whoever watches looks more often.</summary>
    public static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(15);

    public static Rollout Tick(Rollout state, RolloutObservation seen, RolloutHealth health, DateTimeOffset now)
    {
        var passed = now - state.SeenAt;
        passed = passed < TimeSpan.Zero ? TimeSpan.Zero : passed > LongestLook ? LongestLook : passed;
        var after = state with { SeenAt = now };
        return state.Phase switch
        {
            RolloutPhase.Holding when health != RolloutHealth.Good => after with { Unwell = state.Unwell + passed },

            // While no host says anything, nobody knows how it is.
            RolloutPhase.Holding => after with { Unwell = TimeSpan.Zero, Held = state.IsPaused || seen.Services.Count == 0 ? state.Held : state.Held + passed },
            RolloutPhase.Scaling or RolloutPhase.Restoring when state.IsApplied && seen.Services.Count > 0 => after with { Held = state.Held + passed },
            _ => after,
        };
    }
}
