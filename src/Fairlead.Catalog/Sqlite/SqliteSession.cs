using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dapper;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

/// <summary>What every table's adapter needs: named statements, durable writes, pooled reads, records as JSON documents.</summary>
internal sealed class SqliteSession(SqliteConnections connections, SqliteWriter writer, TimeProvider time) : IAsyncDisposable
{
    public DateTimeOffset Now => time.GetUtcNow();

    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) => writer.WriteAsync(work, cancellationToken);

    /// <summary>Writes, and enters into the audit log in the same transaction what was changed and by whom.</summary>
    /// <param name="tell">What to enter, or null for nothing. Called by another thread than the one that acts: it gets the actor's scope.</param>
    public Task<T> ChangeAsync<T>(Func<SqliteConnection, T> work, Func<T, AuditDraft?> tell, CancellationToken cancellationToken)
    {
        var scope = Acting.Current;
        return writer.WriteAsync(
            connection =>
            {
                var result = work(connection);
                Acting.Begin(scope);
                try
                {
                    if (tell(result) is { } draft)
                        SqliteAudit.Append(connection, draft, Now);
                }
                finally
                {
                    Acting.Begin(null);
                }

                return result;
            },
            cancellationToken);
    }

    public Task<T?> FindAsync<T>(string statement, JsonTypeInfo<T> type, object? parameters, CancellationToken cancellationToken)
        where T : class =>
        ReadAsync(connection => Find(connection, statement, type, parameters), cancellationToken);

    public Task<IReadOnlyList<T>> ListAsync<T>(string statement, JsonTypeInfo<T> type, object? parameters, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<T>>(connection => List(connection, statement, type, parameters), cancellationToken);

    public T? Find<T>(SqliteConnection connection, string statement, JsonTypeInfo<T> type, object? parameters)
        where T : class =>
        connection.QuerySingleOrDefault<string>(Statements.Get(statement), parameters) is { } document ? Parse(document, type) : null;

    public List<T> List<T>(SqliteConnection connection, string statement, JsonTypeInfo<T> type, object? parameters = null) =>
        [.. connection.Query<string>(Statements.Get(statement), parameters, buffered: false).Select(document => Parse(document, type))];

    /// <summary>Readers go first, so that the writer is the last to close and folds the write-ahead log into the file.</summary>
    public ValueTask DisposeAsync()
    {
        connections.Dispose();
        return writer.DisposeAsync();
    }

    /// <summary>A read is a matter of microseconds: it runs where it was asked for.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            return Task.FromResult(connections.Read(query));
        }
        catch (Exception e)
        {
            return Task.FromException<T>(SqliteProblems.Translate(e, connections.FilePath) ?? e);
        }
    }

    /// <exception cref="FairleadException">Damaged.</exception>
    public T Parse<T>(string document, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(document, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new FairleadException(
                ProblemKind.Damaged,
                $"A record of type '{typeof(T).Name}' in the catalog '{connections.FilePath}' cannot be read ({e.Message}); restore the catalog from a backup.",
                e);
        }
    }
}
