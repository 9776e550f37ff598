namespace Fairlead.Domain.Pipelines.Triggers;

/// <summary>A recorded firing.</summary>
/// <param name="Number">From 1, over all triggers, in the order in which they are begun.</param>
/// <param name="Execution">Its execution, once begun.</param>
/// <param name="Reason">Why nothing was begun; a sentence.</param>
public sealed record Firing(long Number, FiringOrder Order, FiringStatus Status, int? Execution, string? Reason);
