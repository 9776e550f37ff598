namespace Fairlead.Identity.Audit;

/// <summary>Where an audit log does not hang together.</summary>
/// <param name="Number">The first entry that is not as it was written, or that is missing.</param>
/// <param name="Problem">What is wrong there, in one sentence.</param>
public sealed record AuditBreak(long Number, string Problem);
