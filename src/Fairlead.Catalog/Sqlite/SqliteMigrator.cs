using System.Globalization;
using Dapper;
using Fairlead.Domain.Problems;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

/// <summary>Brings a catalog to this program's version, one numbered file after the other, each in one transaction.</summary>
internal static class SqliteMigrator
{
    private const string Folder = "Sqlite/Migrations/";
    private const string Suffix = ".up.sql";

    /// <summary>"FLCT": tells a catalog from any other SQLite file.</summary>
    private const int ApplicationId = 0x464C4354;

    private static readonly (int Number, string Name, string Sql)[] Known =
        [.. Statements.Resources(Folder).Select(r => (int.Parse(r.Name[..3], CultureInfo.InvariantCulture), r.Name[4..^Suffix.Length], r.Text))];

    public static int CurrentVersion => Known[^1].Number;

    /// <exception cref="FairleadException">Conflict when the catalog is newer than this program; Damaged when it is another program's file.</exception>
    public static void Migrate(SqliteConnection connection, string path, TimeProvider time)
    {
        Recognise(connection, path);
        connection.Execute("begin immediate");
        try
        {
            connection.Execute($"pragma application_id = {ApplicationId}");
            connection.Execute(Statements.Get("CreateMigrations"));
            var version = connection.ExecuteScalar<int>(Statements.Get("LastMigration"));
            if (version > CurrentVersion)
            {
                throw FairleadException.Conflict(
                    $"The catalog '{path}' has version '{version}', and this program knows versions up to '{CurrentVersion}'; use the newer fairlead that wrote it, or a backup from before.");
            }

            foreach (var (number, name, sql) in Known.Where(m => m.Number > version))
            {
                connection.Execute(sql);
                connection.Execute(Statements.Get("InsertMigration"), new { number, name, appliedAt = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) });
            }

            connection.Execute("commit");
        }
        catch
        {
            connection.Execute("rollback");
            throw;
        }
    }

    private static void Recognise(SqliteConnection connection, string path)
    {
        var id = connection.ExecuteScalar<int>("pragma application_id");
        if (id != ApplicationId && (id != 0 || connection.ExecuteScalar<int>(Statements.Get("CountTables")) > 0))
            throw FairleadException.Damaged($"'{path}' is an SQLite file but no catalog of fairlead's; move it away, or restore the catalog from a backup.");
    }
}
