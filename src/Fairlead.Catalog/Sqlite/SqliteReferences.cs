using System.Text.RegularExpressions;
using Dapper;
using Fairlead.Domain.Artifacts;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

/// <summary>
/// Reads every text of every table, whatever the table is: one that a later migration adds keeps what it names without anybody
/// having to say so here. Left out is what has rules of its own, and what only tells of the past.
/// </summary>
internal sealed partial class SqliteReferences(SqliteSession session) : IReferenceSource
{
    private static readonly HashSet<string> LeftOut = new(StringComparer.OrdinalIgnoreCase)
    {
        "runs", "dataset_versions", "audit", "notices", "notice_marks", "notice_feed", "tokens", "users", "trigger_deliveries", "schema_migrations",
    };

    // What an execution said of runs while it went on keeps them; once it has ended, only what it stored by content stays readable.
    private const string IsOpen = "is_open";
    private const string Events = "execution_events";

    public Task ReadAsync(Action<string, string> read, CancellationToken cancellationToken) =>
        session.ReadAsync(
            connection =>
            {
                foreach (var table in connection.Query<string>(Statements.Get("ListTables")).Where(table => !LeftOut.Contains(table)))
                    ReadTable(connection, table, read, cancellationToken);
                return true;
            },
            cancellationToken);

    private static void ReadTable(SqliteConnection connection, string table, Action<string, string> read, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        // A name out of the schema: no parameter can stand for it.
        command.CommandText = $"select * from \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        using var rows = command.ExecuteReader();
        var (kind, open) = (Column(rows, table == "records" ? "kind" : null), Column(rows, IsOpen));
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = kind < 0 ? table.Replace('_', ' ') : rows.GetString(kind);
            var isPast = table == Events || (open >= 0 && rows.GetInt64(open) == 0);
            for (var i = 0; i < rows.FieldCount; i++)
            {
                if (rows.GetValue(i) is string text)
                    read(name, isPast ? DigestsOf(text) : text);
            }
        }
    }

    /// <summary>-1 where there is none.</summary>
    private static int Column(SqliteDataReader rows, string? name)
    {
        for (var i = 0; name is not null && i < rows.FieldCount; i++)
        {
            if (rows.GetName(i) == name)
                return i;
        }

        return -1;
    }

    private static string DigestsOf(string text) => string.Join(' ', Artifact().Matches(text).Select(match => match.Value));

    [GeneratedRegex("(?:\"kind\":\"(?:blob|tree)\",\"digest\":\")?sha256:[0-9a-f]{64}\"?", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Artifact();
}
