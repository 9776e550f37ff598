using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Measures;

/// <summary>What there is to measure.</summary>
/// <param name="Rollouts">In any order.</param>
/// <param name="Changes">By number of the rollout, the commits that its release has and what was live before has not.</param>
public sealed record DeliveryHistory(IReadOnlyList<Rollout> Rollouts, IReadOnlyDictionary<int, IReadOnlyList<ChangeTime>> Changes, IReadOnlyList<JudgmentWait> Waits);
