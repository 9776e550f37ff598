namespace Fairlead.Delivery.Measures;

/// <summary>A commit that a deployment brought, and when it was committed.</summary>
public sealed record ChangeTime(string Commit, DateTimeOffset At);
