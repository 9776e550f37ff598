namespace Fairlead.Monitoring.Alerts;

/// <param name="Seconds">For how long; 0 ends a silence.</param>
/// <param name="Reason">Why; may be empty when a silence ends.</param>
/// <param name="User">Who asks for it.</param>
public sealed record AlertSilenceOrder(long Seconds, string Reason, string User);
