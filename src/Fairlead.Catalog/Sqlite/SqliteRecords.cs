using Dapper;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteRecords(SqliteSession session) : IRecordCatalog
{
    public Task<CatalogRecord> AddAsync(RecordKind kind, string name, string status, DateTimeOffset at, Func<int, string> create, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection =>
            {
                var number = connection.Number("NextRecordNumber", new { kind = kind.CamelCase() });
                var record = new CatalogRecord(kind, number, name, status, at, create(number));
                connection.Run("InsertRecord", new { kind = kind.CamelCase(), number, name, status, at = Microseconds(at), document = record.Document });
                return record;
            },
            cancellationToken);

    public Task UpdateAsync(RecordKind kind, int number, string status, string document, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection => connection.Run("UpdateRecord", new { kind = kind.CamelCase(), number, status, document }) > 0
                ? true
                : throw FairleadException.NotFound($"There is no record '{number}' of the kind '{kind.CamelCase()}'."),
            cancellationToken);

    public Task<CatalogRecord?> FindAsync(RecordKind kind, int number, CancellationToken cancellationToken) =>
        session.ReadAsync(connection => Read(connection, kind, "FindRecord", new { kind = kind.CamelCase(), number }).FirstOrDefault(), cancellationToken);

    public Task<CatalogRecord?> FindLatestAsync(RecordKind kind, string name, CancellationToken cancellationToken) =>
        session.ReadAsync(connection => Read(connection, kind, "FindLatestRecord", new { kind = kind.CamelCase(), name }).FirstOrDefault(), cancellationToken);

    public Task<IReadOnlyList<CatalogRecord>> ListAsync(RecordKind kind, RecordFilter filter, CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<CatalogRecord>>(
            connection => Read(connection, kind, "ListRecords", new { kind = kind.CamelCase(), name = filter.Name, status = filter.Status, since = filter.Since is { } since ? Microseconds(since) : (long?)null, limit = filter.Limit }),
            cancellationToken);

    public Task<int> RemoveAsync(RecordKind kind, string? name, DateTimeOffset before, CancellationToken cancellationToken) =>
        session.WriteAsync(connection => connection.Run("RemoveRecords", new { kind = kind.CamelCase(), name, before = Microseconds(before) }), cancellationToken);

    private static List<CatalogRecord> Read(SqliteConnection connection, RecordKind kind, string statement, object parameters) =>
        [.. connection.Query<RecordRow>(Statements.Get(statement), parameters)
            .Select(row => new CatalogRecord(kind, (int)row.Number, row.Name, row.Status, DateTimeOffset.UnixEpoch.AddMicroseconds(row.At), row.Document))];

    private static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
