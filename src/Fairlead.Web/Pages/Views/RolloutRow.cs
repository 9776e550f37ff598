using Fairlead.Domain.Deployments;

namespace Fairlead.Web.Pages.Views;

/// <summary>A rollout in a list.</summary>
public sealed record RolloutRow(int Number, string Environment, string What, string Release, StatusView Status, string Step, string Share, string Note, string By, TimeView StartedAt)
{
    public static RolloutRow Of(Rollout rollout, DateTimeOffset now) => new(
        rollout.Number,
        rollout.Environment,
        rollout.Kind == RolloutKind.Rollback ? "rollback" : rollout.Strategy.Kind.Word(),
        rollout.Release.ToString(),
        StatusOf(rollout),
        $"{Math.Min(rollout.Step + 1, Math.Max(1, rollout.Steps.Count))} of {Math.Max(1, rollout.Steps.Count)}",
        rollout.History.LastOrDefault(entry => entry.Weight is not null)?.Weight?.ToString() ?? "–",
        rollout.Note ?? rollout.Reason ?? "",
        rollout.StartedBy,
        TimeView.Of(rollout.StartedAt, now));

    internal static StatusView StatusOf(Rollout rollout) => rollout.Outcome switch
    {
        RolloutOutcome.Succeeded => new StatusView("succeeded", StatusView.Good),
        RolloutOutcome.Unchanged => new StatusView("unchanged", StatusView.Quiet),
        RolloutOutcome.Superseded when rollout.IsEnded => new StatusView("superseded", StatusView.Quiet),
        RolloutOutcome.Failed => new StatusView(rollout.IsEnded ? "failed" : "going back", StatusView.Bad),
        RolloutOutcome.Aborted => new StatusView(rollout.IsEnded ? "aborted" : "going back", StatusView.Bad),
        _ => new StatusView(rollout.IsPaused ? "paused" : rollout.IsLive ? "live, watched" : rollout.Phase.ToString().ToLowerInvariant(), StatusView.Busy),
    };
}
