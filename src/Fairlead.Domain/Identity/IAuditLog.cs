namespace Fairlead.Domain.Identity;

/// <summary>The seam to the audit log, which only grows.</summary>
public interface IAuditLog
{
    /// <summary>Enters it; it is on the disk when the task completes.</summary>
    Task<AuditEntry> AppendAsync(AuditDraft draft, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter filter, CancellationToken cancellationToken);

    /// <summary>The next entries in the order of the chain.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>The head as it was recorded beside the log, or null when none is, or none that can be read.</summary>
    AuditHead? ReadRecordedHead();
}
