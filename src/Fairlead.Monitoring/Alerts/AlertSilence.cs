namespace Fairlead.Monitoring.Alerts;

/// <summary>Nobody is told of a rule's alerts for a while; they go on being looked at and shown.</summary>
/// <param name="Until">Exclusive; not after <paramref name="At"/> for a silence that was ended.</param>
public sealed record AlertSilence(string Rule, string Reason, string By, DateTimeOffset At, DateTimeOffset Until);
