namespace Fairlead.Monitoring.Alerts;

/// <summary>What an evaluation made of a state.</summary>
/// <param name="Change">What people are to be told; null for nothing.</param>
/// <param name="HasFired">True when it began to fire now, told or not.</param>
/// <param name="HasResolved">True when it ceased to.</param>
public sealed record AlertStep(AlertState State, AlertChange? Change, bool HasFired, bool HasResolved);
