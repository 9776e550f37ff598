using Fairlead.DuckDb;

namespace Fairlead.Predictions.Compaction;

/// <summary>A database in memory in which rows are gathered before they are written; opened when it is first needed. One thread at a time.</summary>
internal sealed class ScratchDatabase : IDisposable
{
    private static readonly Dictionary<string, string> Settings = new() { ["threads"] = "1", ["memory_limit"] = "1GB" };
    private DuckDbDatabase? database;
    private DuckDbConnection? connection;

    public DuckDbConnection Connection
    {
        get
        {
            if (connection is not null)
                return connection;
            database = DuckDbDatabase.OpenInMemory(Settings);
            connection = database.Connect();
            connection.Execute("SET TimeZone = 'UTC'");
            return connection;
        }
    }

    public void Dispose()
    {
        connection?.Dispose();
        database?.Dispose();
        connection = null;
        database = null;
    }
}
