using System.Runtime.CompilerServices;
using Fairlead.Domain.Identity;

namespace Fairlead.Identity.Audit;

/// <summary>Reads the audit log and holds it against its hashes.</summary>
public sealed class AuditDesk(IAuditLog log)
{
    private const int Batch = 5_000;

    public Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter filter, CancellationToken cancellationToken) => log.ListAsync(filter, cancellationToken);

    /// <summary>All entries in the order of the chain.</summary>
    public async IAsyncEnumerable<AuditEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long after = 0; ;)
        {
            var entries = await log.ReadAsync(after, Batch, cancellationToken).ConfigureAwait(false);
            foreach (var entry in entries)
                yield return entry;
            if (entries.Count < Batch)
                yield break;
            after = entries[^1].Number;
        }
    }

    /// <param name="kept">A head that somebody kept elsewhere, or null.</param>
    public async Task<AuditVerdict> VerifyAsync(AuditHead? kept, CancellationToken cancellationToken)
    {
        // Read first: what is entered meanwhile only makes the log longer.
        var recorded = log.ReadRecordedHead();
        var verifier = new AuditVerifier(new[] { recorded, kept }.OfType<AuditHead>());
        await foreach (var entry in ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!verifier.Add(entry))
                break;
        }

        verifier.Complete();
        return new AuditVerdict(verifier.Head.Number, verifier.Head.ToString(), recorded?.ToString(), verifier.Break);
    }
}
