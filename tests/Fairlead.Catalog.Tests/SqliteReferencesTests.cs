using Dapper;
using Fairlead.Domain.Records;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Tests;

public sealed class SqliteReferencesTests
{
    [Fact]
    public async Task Read_EveryTable_EvenOneThatIsNew_IsReadButForThoseWithRulesOfTheirOwn()
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-references-").FullName;
        var file = Path.Combine(folder, "catalog.db");
        try
        {
            await using (var first = SqliteCatalog.Open(file, TimeProvider.System))
                await first.Records.AddAsync(RecordKind.Replay, "late", "done", DateTimeOffset.UnixEpoch, _ => """{"rows":"a replay"}""", CancellationToken.None);
            List<string> tables;
            using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
            {
                connection.Open();
                connection.Execute("create table made_by_a_new_room (id integer primary key, document text, blob blob)");
                connection.Execute("insert into made_by_a_new_room (document, blob) values ('a new record', x'00')");
                tables = [.. connection.Query<string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")];
            }

            await using var catalog = SqliteCatalog.Open(file, TimeProvider.System);
            var read = new List<(string Kind, string Text)>();
            await catalog.References.ReadAsync((kind, text) => read.Add((kind, text)), CancellationToken.None);

            Assert.Contains(("made by a new room", "a new record"), read);
            Assert.Contains(("replay", """{"rows":"a replay"}"""), read);
            // Whoever adds a table decides here whether what it names is kept: by default it is.
            Assert.Equal(
                ["compacted_files", "compacted_segments", "desired_state", "execution_events", "execution_locks", "execution_requests", "executions", "made_by_a_new_room", "model_versions", "record_numbers", "records", "releases", "server_groups", "trigger_firings", "triggers"],
                tables.Except(["runs", "dataset_versions", "audit", "notices", "notice_marks", "notice_feed", "tokens", "users", "schema_migrations", "trigger_deliveries"]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
