using Dapper;
using Fairlead.Catalog.Sqlite;

namespace Fairlead.Catalog.Tests.Sqlite;

public sealed class SqliteWriterTests : IDisposable
{
    private const int PageSize = 4096;
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-writer-").FullName;

    [Fact]
    public async Task WriteAsync_ForLong_TheWriteAheadLogStaysSmall()
    {
        SqliteLibrary.EnsureLoaded();
        var path = Path.Combine(folder, "catalog.db");
        using var connections = new SqliteConnections(path);
        await using var writer = new SqliteWriter(connections.OpenWriter(_ => { }), path, _ => { });
        await writer.WriteAsync(connection => connection.Execute("create table rows (body blob)"), CancellationToken.None);
        var row = new byte[10 * PageSize];
        for (var n = 0; n < 5 * SqliteWriter.LargestLog / 10; n++)
            await writer.WriteAsync(connection => connection.Execute("insert into rows values (@row)", new { row }), CancellationToken.None);

        // The commit that fills it may be the largest there is, and one more may come before it is emptied.
        Assert.InRange(new FileInfo(path + "-wal").Length, 1, 2L * SqliteWriter.LargestLog * PageSize);
        Assert.Equal(5 * SqliteWriter.LargestLog / 10, connections.Read(connection => connection.ExecuteScalar<int>("select count(*) from rows")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
