namespace Fairlead.Monitoring.Alerts;

/// <param name="Target">Which of the rule's alerts; null for all that fire.</param>
/// <param name="User">Who looks after it.</param>
public sealed record AlertAcknowledgement(string? Target, string User);
