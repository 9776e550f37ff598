using Fairlead.Domain.Identity;

namespace Fairlead.Identity.Audit;

/// <summary>Goes along the chain, entry by entry, and stops at the first broken link.</summary>
public sealed class AuditVerifier
{
    private const string MismatchAction = "audit.mismatch";
    private readonly List<AuditHead> expected;
    private AuditHead head = AuditHead.Empty;

    /// <param name="expected">Heads that the log must have gone through: the recorded one, and those that were kept elsewhere.</param>
    public AuditVerifier(IEnumerable<AuditHead> expected) => this.expected = [.. expected.Where(known => known.Number > 0)];

    public AuditHead Head => head;

    public AuditBreak? Break { get; private set; }

    /// <summary>Takes the next entry; false once a link is broken.</summary>
    public bool Add(AuditEntry entry)
    {
        Break ??= Check(entry);
        if (Break is not null)
            return false;
        head = new AuditHead(entry.Number, entry.Hash);
        return true;
    }

    /// <summary>Called at the end: is anything missing there?</summary>
    public void Complete()
    {
        if (expected.Where(known => known.Number > head.Number).MaxBy(known => known.Number) is { } further)
            Break ??= new AuditBreak(head.Number + 1, $"The log ends with entry {head.Number}, but it had {further.Number} when its head was recorded: entries were taken off its end.");
    }

    private AuditBreak? Check(AuditEntry entry)
    {
        var number = head.Number + 1;
        if (entry.Number != number)
            return new AuditBreak(number, entry.Number > number ? $"Entry {number} is missing: after {head.Number} comes {entry.Number}." : $"Entry {entry.Number} comes again after {head.Number}.");
        if (AuditChain.HashOf(head.Hash, entry) != entry.Hash)
            return new AuditBreak(number, $"Entry {number} is not as it was written: its hash does not fit its text and the entry before it.");
        if (expected.Find(known => known.Number == number && known.Hash != entry.Hash) is not null)
            return new AuditBreak(number, $"Entry {number} is another one than when the head of the log was recorded: the log was written anew.");
        return entry.What == MismatchAction
            ? new AuditBreak(number, $"Entry {number} says that the log did not go as far as its recorded head, '{entry.Target}', when the control plane was started: {entry.Detail}.")
            : null;
    }
}
