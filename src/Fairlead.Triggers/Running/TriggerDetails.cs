using Fairlead.Domain.Pipelines.Triggers;

namespace Fairlead.Triggers.Running;

/// <summary>A trigger with what it saw.</summary>
/// <param name="Firings">Newest first.</param>
public sealed record TriggerDetails(TriggerReport Trigger, IReadOnlyList<Firing> Firings);
