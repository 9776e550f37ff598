using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

/// <summary>Opens connections to one file; keeps those that read for the next reader.</summary>
internal sealed class SqliteConnections(string path) : IDisposable
{
    // How long a statement waits for another process that writes.
    private const int BusySeconds = 5;

    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly string text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusySeconds }.ToString();

    public string FilePath => path;

    /// <summary>A connection that writes: what is committed is on the disk.</summary>
    /// <param name="prepare">Looks at the file, and may refuse it, before the first change to it.</param>
    public SqliteConnection OpenWriter(Action<SqliteConnection> prepare)
    {
        var connection = Open();
        try
        {
            connection.Execute("pragma synchronous = full;");
            prepare(connection);
            connection.Execute("pragma journal_mode = wal;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query on a pooled connection that cannot write.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        if (!idle.TryTake(out var connection))
        {
            connection = Open();
            connection.Execute("pragma query_only = on;");
        }

        try
        {
            return query(connection);
        }
        finally
        {
            idle.Add(connection);
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var connection))
            connection.Dispose();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
