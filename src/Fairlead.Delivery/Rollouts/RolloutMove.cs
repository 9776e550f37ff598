using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Rollouts;

/// <summary>What follows: the state, to be recorded first, then what is to be done.</summary>
/// <param name="Action">Null when there is nothing to do but wait.</param>
internal sealed record RolloutMove(Rollout State, RolloutActionKind? Action);
