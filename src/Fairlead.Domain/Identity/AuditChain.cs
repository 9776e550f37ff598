using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Identity;

/// <summary>
/// How entries hang together: the hash of one is SHA-256 over the hash before it (32 zero bytes before the first) and its own canonical
/// bytes. Those are, in this order: number and time in microseconds since 1970 as 64-bit little-endian; who, via, what, target, phase and
/// detail, each as its length in bytes (32-bit little-endian, -1 for none) and its UTF-8; the number of the cause, 0 for none.
/// </summary>
public static class AuditChain
{
    private const int LongestName = 128;
    private const int LongestText = 512;

    /// <summary>The entry that follows the head. Texts are cleaned, so that they are read back as they were hashed.</summary>
    public static AuditEntry Next(AuditHead head, AuditDraft draft, DateTimeOffset at)
    {
        var entry = new AuditEntry
        {
            Number = head.Number + 1,
            At = DateTimeOffset.UnixEpoch.AddMicroseconds(Microseconds(at)),
            Who = AuditText.Clean(draft.Who, LongestName),
            Via = AuditText.Clean(draft.Via, LongestName),
            What = AuditText.Clean(draft.What, LongestName),
            Target = AuditText.Clean(draft.Target, LongestText),
            Phase = draft.Phase,
            Detail = draft.Detail is null ? null : AuditText.Clean(draft.Detail, LongestText),
            Cause = draft.Cause,
            Hash = head.Hash,
        };
        return entry with { Hash = HashOf(head.Hash, entry) };
    }

    /// <summary>What the hash of an entry must be, given the one before it.</summary>
    public static Digest HashOf(Digest previous, AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(previous.Hex));
        Append(hash, entry.Number);
        Append(hash, Microseconds(entry.At));
        foreach (var text in (ReadOnlySpan<string?>)[entry.Who, entry.Via, entry.What, entry.Target, PhaseWord(entry.Phase), entry.Detail])
            Append(hash, text);
        Append(hash, entry.Cause ?? 0);
        return Digest.FromHash(hash.GetHashAndReset());
    }

    /// <summary>As it is hashed and stored.</summary>
    public static string PhaseWord(AuditPhase phase) => phase switch
    {
        AuditPhase.Began => "began",
        AuditPhase.Done => "done",
        AuditPhase.Failed => "failed",
        AuditPhase.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "unknown phase"),
    };

    public static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
