namespace Fairlead.Triggers.Running;

/// <summary>What came of firing a trigger by hand.</summary>
public sealed record FiredTrigger(string Trigger, int Execution);
