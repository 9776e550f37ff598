using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Hosts;

/// <summary>What the hosts made of a desired state.</summary>
/// <param name="Failures">Why it was refused; with <see cref="HostOutcome.Silent"/>, refusals that concern none of the groups waited for.</param>
public sealed record HostVerdict(HostOutcome Outcome, IReadOnlyList<ServerGroupFailure> Failures);
