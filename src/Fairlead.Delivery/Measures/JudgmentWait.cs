namespace Fairlead.Delivery.Measures;

/// <summary>How long people were waited for.</summary>
/// <param name="Environment">That the judgment was about; null for none.</param>
/// <param name="EndedAt">Null while it waits.</param>
public sealed record JudgmentWait(string? Environment, DateTimeOffset AskedAt, DateTimeOffset? EndedAt);
