using Fairlead.Domain.Deployments;

namespace Fairlead.Monitoring.Alerts.Returns;

/// <summary>What an alert does to the release that came before it: a pure function, so that it never takes back what came back.</summary>
internal static class AlertReturnRule
{
    /// <summary>How long after its end a rollout is held responsible where no period is said for which the previous server group is kept.</summary>
    public static readonly TimeSpan UsualWatch = TimeSpan.FromHours(1);

    /// <param name="latest">The newest rollout of the environment; null for none.</param>
    /// <param name="service">That the alert is about; null for each.</param>
    /// <param name="firedAt">When it began to fire.</param>
    /// <param name="keepFor">How long the previous server group is kept; null where that is said by number.</param>
    public static (AlertReturnKind Kind, string Reason) Decide(Rollout? latest, string? service, DateTimeOffset firedAt, TimeSpan? keepFor)
    {
        if (latest is null)
            return (AlertReturnKind.Nothing, "Nothing was deployed there.");
        if (latest.Kind == RolloutKind.Rollback)
            return (AlertReturnKind.Nothing, $"Rollout {latest.Number} brought back what was live before already.");
        if (service is not null && latest.Targets.All(target => target.Service != service))
            return (AlertReturnKind.Nothing, $"Rollout {latest.Number}, the last one, is not about '{service}'.");
        if (firedAt < latest.StartedAt)
            return (AlertReturnKind.Nothing, $"It fired before rollout {latest.Number} began.");
        if (!latest.IsEnded)
        {
            return latest.Phase is RolloutPhase.Restoring or RolloutPhase.Returning
                ? (AlertReturnKind.Nothing, $"Rollout {latest.Number} goes back already.")
                : (AlertReturnKind.Aborted, $"Rollout {latest.Number} was under way.");
        }

        if (latest.Outcome != RolloutOutcome.Succeeded || latest.EndedAt is not { } ended)
            return (AlertReturnKind.Nothing, $"Rollout {latest.Number} did not take over.");
        return firedAt > ended + (keepFor ?? UsualWatch)
            ? (AlertReturnKind.Nothing, $"Rollout {latest.Number} ended too long before it.")
            : (AlertReturnKind.RolledBack, $"Rollout {latest.Number} came shortly before it.");
    }
}
