using Fairlead.Domain.Identity;

namespace Fairlead.Identity.Audit;

/// <summary>What came of holding an audit log against its hashes.</summary>
/// <param name="Entries">How many hang together, from the first on.</param>
/// <param name="Head">The head there, as text; kept elsewhere it shows later whether anything was changed.</param>
/// <param name="RecordedHead">The head that was recorded beside the log, or null when there is none.</param>
/// <param name="Break">The first broken link, or null when all is whole.</param>
public sealed record AuditVerdict(long Entries, string Head, string? RecordedHead, AuditBreak? Break)
{
    public bool IsWhole => Break is null;
}
