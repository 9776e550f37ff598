using Dapper;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Identity;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteAudit(SqliteSession session, AuditHeadFile headFile) : IAuditLog
{
    /// <summary>The head file and the log do not agree when the catalog is opened.</summary>
    public const string Mismatch = "audit.mismatch";

    public Task<AuditEntry> AppendAsync(AuditDraft draft, CancellationToken cancellationToken) =>
        session.WriteAsync(connection => Append(connection, draft, session.Now), cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        var prefix = filter.What is { } what && what.EndsWith('.') ? what : null;
        var statement = filter.Who is not null ? "ListAuditBy" : prefix is not null ? "ListAuditBelow" : filter.What is not null ? "ListAuditOf" : "ListAudit";
        var parameters = new
        {
            who = filter.Who,
            what = prefix is null ? filter.What : null,
            prefix,
            // The dot's successor ends the range of what begins with it.
            prefixEnd = prefix is null ? null : prefix[..^1] + '/',
            before = filter.Before,
            since = filter.Since is { } since ? AuditChain.Microseconds(since) : (long?)null,
            limit = filter.Limit,
        };
        return session.ReadAsync<IReadOnlyList<AuditEntry>>(connection => Entries(connection, statement, parameters), cancellationToken);
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<AuditEntry>>(connection => Entries(connection, "ReadAudit", new { after, limit }), cancellationToken);

    public AuditHead? ReadRecordedHead() => headFile.Read();

    /// <summary>Enters it in the transaction that the connection is in.</summary>
    public static AuditEntry Append(SqliteConnection connection, AuditDraft draft, DateTimeOffset at)
    {
        var entry = AuditChain.Next(Head(connection), draft, at);
        connection.Run("InsertAudit", new
        {
            number = entry.Number,
            at = AuditChain.Microseconds(entry.At),
            who = entry.Who,
            via = entry.Via,
            what = entry.What,
            target = entry.Target,
            phase = AuditChain.PhaseWord(entry.Phase),
            detail = entry.Detail,
            cause = entry.Cause,
            hash = Convert.FromHexString(entry.Hash.Hex),
        });
        return entry;
    }

    public static AuditHead Head(SqliteConnection connection) =>
        connection.QueryFirstOrDefault<AuditRow>(Statements.Get("AuditHead")) is { } row ? HeadOf(row) : AuditHead.Empty;

    /// <summary>
    /// Holds the log against the head that was recorded when it was last written. What does not agree is entered, for ever: the head goes on
    /// with what is there, and would otherwise wipe out the only trace of what was taken away.
    /// </summary>
    public static void Compare(SqliteConnection connection, AuditHeadFile file, DateTimeOffset now)
    {
        if (file.Read() is { Number: > 0 } recorded && HashAt(connection, recorded.Number) != recorded.Hash)
            Append(connection, new AuditDraft { Who = Acting.ControlPlane, Via = "job", What = Mismatch, Target = recorded.ToString(), Phase = AuditPhase.Failed, Detail = $"the log ended at {Head(connection)}" }, now);
        file.Write(Head(connection));
    }

    /// <summary>Brings the file up to what was committed; when entries that it knows of are gone it is left as the trace of them.</summary>
    public static void Record(SqliteConnection connection, AuditHeadFile file)
    {
        try
        {
            var head = Head(connection);
            if (head != file.Written && (file.Written is not { Number: > 0 } last || HashAt(connection, last.Number) == last.Hash))
                file.Write(head);
        }
        catch (SqliteException)
        {
            // What was committed is on the disk, and whoever wrote it must not be told otherwise; the next transaction tries again.
        }
    }

    private static Digest? HashAt(SqliteConnection connection, long number) =>
        connection.QueryFirstOrDefault<AuditRow>(Statements.Get("AuditHashAt"), new { number }) is { } row ? HeadOf(row).Hash : null;

    // A hash of another length was put there by hand; no entry has the empty one.
    private static AuditHead HeadOf(AuditRow row) => new(row.Number, DigestOf(row.Hash));

    private static Digest DigestOf(byte[] hash) => hash.Length == 32 ? Digest.FromHash(hash) : AuditHead.Empty.Hash;

    private static List<AuditEntry> Entries(SqliteConnection connection, string statement, object parameters) =>
        [.. connection.Query<AuditRow>(Statements.Get(statement), parameters, buffered: false).Select(EntryOf)];

    private static AuditEntry EntryOf(AuditRow row)
    {
        // A word that is no phase was put there by hand: read as one it would fit the hash, so the hash goes.
        var phase = Array.Find(Enum.GetValues<AuditPhase>(), candidate => AuditChain.PhaseWord(candidate) == row.Phase);
        return new AuditEntry
        {
            Number = row.Number,
            At = DateTimeOffset.UnixEpoch.AddMicroseconds(row.At),
            Who = row.Who,
            Via = row.Via,
            What = row.What,
            Target = row.Target,
            Phase = phase,
            Detail = row.Detail,
            Cause = row.Cause,
            Hash = AuditChain.PhaseWord(phase) == row.Phase ? DigestOf(row.Hash) : AuditHead.Empty.Hash,
        };
    }
}
