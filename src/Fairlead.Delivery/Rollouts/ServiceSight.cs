namespace Fairlead.Delivery.Rollouts;

/// <summary>How one service of a rollout looks.</summary>
/// <param name="Reference">What the candidate is compared with: the baseline, else what led before.</param>
/// <param name="Stable">What led before.</param>
internal sealed record ServiceSight(GroupSight Candidate, GroupSight Reference, GroupSight Stable);
