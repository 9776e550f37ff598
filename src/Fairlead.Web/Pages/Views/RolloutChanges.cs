using Fairlead.Domain.Deployments;

namespace Fairlead.Web.Pages.Views;

/// <summary>What a person may do to a rollout as it is now.</summary>
internal static class RolloutChanges
{
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Promote = "promote";
    public const string Abort = "abort";
    public const string Rollback = "rollback";

    public static IReadOnlyList<ChangeView> Of(Rollout rollout)
    {
        var changes = new List<ChangeView>();
        var isDeployment = rollout.Kind == RolloutKind.Deployment;
        var isGoingOn = !rollout.IsEnded && rollout.Phase is not (RolloutPhase.Restoring or RolloutPhase.Returning or RolloutPhase.Finishing);
        if (isGoingOn && !rollout.IsPaused)
            changes.Add(Change("Pause", Pause, "It stays at its step; its health is watched on."));
        if (isGoingOn && rollout.IsPaused)
            changes.Add(Change("Resume", Resume, "It goes on."));
        if (isDeployment && rollout.Phase == RolloutPhase.Holding && !rollout.IsLive)
            changes.Add(Change("Go on now", Promote, "It takes the next step before its time, and its analysis is not asked.", isGrave: true));
        if (isDeployment && isGoingOn)
            changes.Add(Change("Abort", Abort, "The traffic goes back to what was live before.", isGrave: true));
        if (rollout.IsLive)
            changes.Add(Change("Roll back", Rollback, $"What was live before in '{rollout.Environment}' takes all traffic again.", isGrave: true));
        return changes;

        ChangeView Change(string label, string change, string says, bool isGrave = false) => new(label, PagePaths.RolloutChange(rollout.Environment, rollout.Number, change), says, isGrave);
    }
}
